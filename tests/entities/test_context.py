from datetime import date


def test_a_person_of_one_name_is_told_by_the_title(who):
    found = who("Security minister Wirawan flew to Bandung in Indonesia. Wirawan was hurt there.")
    assert found["Wirawan"] == ("Wirawan", "IDN", "GOV")


def test_an_apposition_tells_of_a_person_and_of_the_surname_after_it(who):
    found = who("Jane Roe, a spokeswoman for the Kenyan army, denied it. Later, Roe spoke in Nairobi.")
    assert found["Jane Roe"][1:] == ("KEN", "GOV")
    assert found["Roe"][:2] == ("Jane Roe", "KEN")


def test_an_envoy_who_is_named_is_of_the_sender_alone(who):
    found = who("U.S. Ambassador to Ghana Jane Brink met reporters.")
    assert found["Jane Brink"][1:] == ("USA", "GOV")
    assert "Ghana" not in found


def test_an_envoy_who_is_not_named_leaves_the_country_of_the_posting(who):
    assert who("Kenya recalled its ambassador to Ghana.")["Ghana"][1] == "GHA"


def test_a_member_of_a_body_acts_for_it(link):
    mention = next(m for m in link("John Roe of Amnesty International spoke.") if m.span.quote == "John Roe")
    assert mention.party.name == "Amnesty International"


def test_an_abbreviation_in_brackets_is_the_body(who):
    found = who("The Kenya Rail Authority (KRA) denied it. The KRA said that trains ran.")
    assert found["KRA"][0] == "Kenya Rail Authority"


def test_the_last_word_of_a_body_stands_for_it(who):
    found = who("The Kenya Rail Authority denied it. On Monday the authority was fined.")
    assert found["authority"][0] == "Kenya Rail Authority"


def test_a_noun_tells_what_a_body_is(who):
    assert who("French carmaker Dupontel Motors sued a rival.")["Dupontel Motors"][1:] == ("FRA", "BUS")


def test_a_territory_has_its_own_police(who):
    found = who("Hong Kong police arrested three men. Prosecutors charged the men on Friday.")
    assert found["Hong Kong police"][1:] == ("HKG", "COP")
    assert found["Prosecutors"][1:] == ("HKG", "JUD")


def test_a_senate_is_that_of_the_state_the_article_is_set_in(who):
    text = "Lawmakers met in Nairobi, Kenya. Kenya's president waited. The Senate rejected the Kenyan budget."
    assert who(text)["Senate"][1:] == ("KEN", "LEG")


def test_a_passage_has_its_own_country(who):
    text = (
        "Peru held a vote in Lima. Peru's president won. In Chile, the capital Santiago was calm. "
        "Chilean voters stayed home. In Santiago, police arrested protesters."
    )
    assert who(text)["police"][1] == "CHL"


def test_the_wounded_and_the_protests_stand_for_people(who):
    found = who("Protests broke out in Lagos. The wounded were taken away by Nigerian medics.")
    assert found["Protests"] == ("protesters", "NGA", "CVL")
    assert found["wounded"][1:] == ("NGA", "CVL")


def test_the_doer_of_an_act_may_qualify_it(who):
    assert who("A police raid in Nairobi failed.")["police"][1:] == ("KEN", "COP")


def test_other_governments_are_of_no_one_country(who):
    assert who("Kenya called on other governments to help.")["governments"][1] is None


def test_a_coalition_is_not_the_state_that_leads_it(who):
    name, country, sector = who("The Saudi-led coalition bombed a port.")["Saudi-led coalition"]
    assert (name, country, sector) == ("Saudi-led coalition", None, "MIL")


def test_a_minister_is_no_american(who):
    text = (
        "Antony J. Blinken, Secretary of State\n\n"
        "The United States thanks Latvia. I met Foreign Minister Ozols today."
    )
    assert who(text)["Ozols"][1:] == ("LVA", "GOV")


def test_a_title_in_the_text_outweighs_the_past(who):
    found = who("President Bashar al-Assad ordered the strike.", date(2025, 6, 1))
    assert found["Bashar al-Assad"][1:] == ("SYR", "GOV")


def test_a_law_is_no_body(who):
    assert "Clean Rivers Act" not in who("The Clean Rivers Act was signed in Nairobi.")


def test_a_repeated_title_is_the_person_who_bears_it(who):
    text = (
        "Secretary of State Antony Blinken met Foreign Minister Jane Roe of Latvia in Riga. "
        "The Secretary thanked Latvia."
    )
    assert who(text)["Secretary"][0] == "Antony Blinken"


def test_a_continent_is_no_town(who):
    assert who("The envoy toured Africa.").get("Africa", (None, None))[1] is None
