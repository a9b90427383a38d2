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


def test_an_assistant_secretary_without_a_state_is_american(who):
    text = (
        "Assistant Secretary Roe flew from the United States to Cambodia. Cambodia praised the visit. "
        "Cambodia will host the talks."
    )
    assert who(text)["Roe"][1] == "USA"


def test_governments_named_by_no_state_have_none(who):
    found = who("Israel fired on a convoy in Jenin. A dozen governments condemned it, and donors left.")
    assert found["dozen governments"][1] is None
    assert found["donors"][1] is None


def test_its_is_the_owner_of_what_it_is_joined_to(who):
    assert who("Kenya praised Chad for Gabon's work and its gifts.")["its"][1] == "GAB"


def test_we_is_no_antecedent_of_it(who):
    text = "The United States congratulates Moldova. We admire it."
    assert who(text)["it"][1] == "MDA"


def test_you_is_the_other_of_two_speakers(who):
    text = "SECRETARY BLINKEN: Welcome.\n\nFOREIGN MINISTER WONG: Thank you, and good morning."
    assert who(text)["you"][0] == "Antony Blinken"


def test_the_network_is_the_broadcaster_named_before(who):
    assert who("Kenya fined Al Jazeera on Monday. The network will appeal.")["network"][0] == "Al Jazeera"


def test_a_foreign_secretary_is_british_where_britain_is_named(who):
    text = (
        "France and Britain met Russia's envoy. Russia said no. The Foreign Secretary pressed Russia to act."
    )
    assert who(text)["Foreign Secretary"][1] == "GBR"


def test_a_title_beside_another_is_not_part_of_it(who):
    text = (
        "Secretary of State Antony Blinken called Kenyan Foreign Minister Musalia Mudavadi. "
        "The Secretary and Foreign Minister Mudavadi spoke of Haiti. The Secretary thanked Kenya."
    )
    assert who(text)["Secretary"][0] == "Antony Blinken"


def test_a_ruling_coalition_is_of_its_country(who):
    assert who("Austria votes on Sunday. The ruling coalition fears a loss.")["ruling coalition"][1] == "AUT"


def test_people_are_of_the_place_where_their_phrase_puts_them(who):
    text = "Sweden saw many marches. Swedish schools closed. Reports told of students marching in Belgium."
    assert who(text)["students"][1] == "BEL"
