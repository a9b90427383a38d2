def members(mentions, quote):
    """Return the names of whom the last mention with a quote stands for."""
    mention = [m for m in mentions if m.span.quote == quote][-1]
    return [m.entity.name for m in mention.members]


def test_they_who_discuss_are_the_people_who_met(link):
    text = (
        "Foreign Minister Yoko Kamikawa of Japan met Secretary of State Antony Blinken in Bali. "
        "They discussed the work of Chile and Peru."
    )
    assert members(link(text), "They") == ["Yōko Kamikawa", "Antony Blinken"]


def test_the_leaders_of_a_call_are_not_states_named_since(link):
    text = (
        "Gabriel Boric spoke with Javier Milei on Friday. Boric praised Finland and Sweden. "
        "The leaders agreed to open the pass."
    )
    assert members(link(text), "The leaders") == ["Gabriel Boric", "Javier Milei"]


def test_a_title_repeated_is_that_of_the_one_who_met(link):
    text = (
        "Secretary of State Antony Blinken met with Australian Foreign Minister Penny Wong in Perth. "
        "Blinken spoke of Ukraine. The Secretary and the Foreign Minister discussed trade."
    )
    found = {m.span.quote: m.entity.name for m in link(text)}
    assert found["Foreign Minister"] == "Penny Wong"
    assert found["Secretary"] == "Antony Blinken"


def test_a_deputy_is_no_minister_of_the_same_rank(who):
    text = (
        "Deputy Secretary of State Wendy Sherman met South Korean Vice Foreign Minister Cho Hyun-dong. "
        "The Deputy Secretary raised trade."
    )
    assert who(text)["Deputy Secretary"][1] == "USA"


def test_leaders_of_a_region_or_faith_have_no_country(who):
    found = who("Arab and Muslim leaders met in Doha. Western and African officials stayed away.")
    assert found["Arab and Muslim leaders"][1] is None
    assert found["Western and African officials"][1] is None


def test_our_and_a_subject_of_several_make_a_joint_voice(link):
    text = "Norway, Kenya and the African Union extend our thanks to the people of Sudan. We urge calm."
    assert members(link(text), "We") == ["Norway", "Kenya", "African Union"]


def test_welcoming_a_joint_statement_makes_no_joint_voice(who):
    text = "Kenya strongly condemns the coup in Mali. We support the joint statement of ECOWAS and the EU."
    assert who(text)["We"][1] == "KEN"


def test_an_issuer_is_whoever_declares(who):
    text = (
        "Ukraine is standing strong. Ukraine has won back its towns. Poland welcomes this. "
        "We will send more help."
    )
    assert who(text)["We"][1] == "POL"
