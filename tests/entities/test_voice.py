def test_i_in_a_quotation_is_its_speaker(who):
    found = who('"I reject this plan," President Gabriel Boric said in Santiago.')
    assert found["I"][:2] == ("Gabriel Boric", "CHL")


def test_we_in_a_signed_statement_is_the_state_of_the_signer(link):
    text = (
        "Antony J. Blinken, Secretary of State\n\n"
        "Russia continues its war in Ukraine. Russia shells towns. We condemn these attacks."
    )
    mention = next(m for m in link(text) if m.span.quote == "We")
    assert mention.party.name == "United States"


def test_i_in_a_signed_statement_is_the_signer(who):
    text = "Antony J. Blinken, Secretary of State\n\nToday I spoke with the people of Ukraine."
    assert who(text)["I"][0] == "Antony Blinken"


def test_we_in_a_joint_statement_is_everyone_who_made_it(link):
    text = (
        "The following statement was released by the governments of France, Germany and Italy:\n\n"
        "We condemn the attack on the port."
    )
    mention = next(m for m in link(text) if m.span.quote == "We")
    assert {m.party.country for m in mention.members} == {"FRA", "DEU", "ITA"}


def test_a_speaker_of_a_transcript_is_i_until_the_next_one(link):
    text = (
        "QUESTION: What did you agree on?\n\n"
        "SECRETARY BLINKEN: I urged a ceasefire.\n\n"
        "QUESTION: I have one more question.\n\n"
    )
    told = [m for m in link(text) if m.span.quote == "I"]
    assert [m.entity.name for m in told] == ["Antony Blinken"]


def test_a_speaker_is_not_he_in_his_own_words(who):
    text = 'Gabriel Boric spoke after Javier Milei left. "He lied," Gabriel Boric said.'
    assert who(text)["He"][0] != "Gabriel Boric"


def test_we_in_a_text_called_a_joint_statement_is_the_parties_it_joins_first(link):
    text = (
        "Following is the text of a joint statement.\n\n"
        "The foreign ministers met in Oslo. Norway and Chile share an ocean. We condemn piracy."
    )
    mention = next(m for m in link(text) if m.span.quote == "We")
    assert {m.party.country for m in mention.members} == {"NOR", "CHL"}
