"""The learned part: it hears paraphrase, says why, keeps to what it was learnt from, and does bounded work."""

import re
from typing import Any

import pytest

from bench.safety_train import everything, learn, version
from tests.safety.phrases import alarms, harmless, real
from tips.safety import find as finding
from tips.safety import judging, scope
from tips.safety.concepts import lexicon
from tips.safety.find import find, find_by_rules, told
from tips.safety.phrasebook import Phrasebook
from tips.safety.phrases import Grammar
from tips.safety.rules import rules
from tips.safety.telling import denials
from tips.safety.weights import HALF_LANE, WHOLE, Weights, parse, weights

PARAPHRASE = "Since the disc went my willy feels like somebody else's and I have to coax every drop out."
STORY = (
    "We drove to the coast on Saturday and the children built a castle. The cafe had cake and my wife found a shell. "
)


def test_paraphrase_that_no_rule_knows_is_heard() -> None:
    assert alarms(find_by_rules(PARAPHRASE)) == set()
    assert "cauda-equina" in alarms(find(PARAPHRASE))


def test_the_reason_is_the_writers_own_words() -> None:
    text = "Hello all. The toe of my left shoe scuffs and my ankle hangs since my back went. Any tips?"
    match = next(match for match in find(text).matches if match.flag.slug == "leg-weakness-foot-drop")
    assert match.words == text[match.start : match.end]
    assert len(match.words) < len(text)


def test_one_line_that_matters_is_heard_in_a_long_story() -> None:
    assert alarms(find(STORY * 10)) == set()
    assert "cauda-equina" in alarms(find(STORY * 10 + PARAPHRASE + " " + STORY * 10))


def test_no_cheerful_story_talks_despair_away() -> None:
    """What its sentence alone says, the sentences around it do not take back."""
    calm = "I walked the canal every day for a year, and my back got better slowly, with good days and bad days. "
    assert alarms(find(calm * 8)) == set()
    assert alarms(find(calm * 8 + "I want to die.")) == {"self-harm-crisis"}


def test_evidence_adds_up_over_sentences() -> None:
    assert "spinal-infection" in alarms(
        find("My back has been terrible since Monday. Last night I was shivering in bed.")
    )
    assert "spinal-infection" not in alarms(
        find("My back has been sore since Monday. Last night I was reading in bed.")
    )


@pytest.mark.parametrize(
    "line",
    [
        "I fell off a ladder and landed on my back, that was in 1998, all healed now and I garden.",
        "Film about a stroke, cried my eyes out. Sofa's comfy.",
        "In our first aid course we learned that chest pain and a sweaty grey face means you ring. Good course.",
    ],
)
def test_what_is_told_of_the_past_or_of_others_makes_a_rule_quiet(line: str) -> None:
    assert alarms(find_by_rules(line))
    assert alarms(find(line)) == set()


@pytest.mark.parametrize("line", ["neck pain", "back pain at night", "psoas", "numb foot", "sciatica exercises"])
def test_a_few_words_of_a_search_are_left_to_the_rules(line: str) -> None:
    assert alarms(find(line)) == alarms(find_by_rules(line)) == set()


@pytest.mark.parametrize(
    "line",
    [
        "Buy cheap pills now http://a.example http://b.example casino",
        "Buy cheap pills now, casino bonus, WWW.PILLS-TODAY.example/now.",
        "pills pills pills pills pills pills",
    ],
)
def test_two_words_make_no_alarm_by_themselves(line: str) -> None:
    assert alarms(find(line)) == set()


def test_a_link_takes_no_alarm_away_and_adds_none() -> None:
    lines = [line for _, line in real("learnt.toml")][::5] + harmless("learnt.toml")[::5]
    assert len(lines) > 50
    for line in lines:
        behind = find(f"{line}\nSee https://kill-me-now.example/i-want-to-die?pills=100.")
        assert alarms(behind) == alarms(find(f"{line}\nSee this.")), line
    assert "cauda-equina" in alarms(find(f"https://a.example/x. {PARAPHRASE} www.b.example."))


def test_no_alarm_never_says_that_all_is_well() -> None:
    finding = find("My back is a bit stiff after the gym.")
    assert (finding.level, finding.matches) == (None, ())


def test_the_weights_were_learnt_from_what_lies_in_the_repository() -> None:
    assert weights().version == version(everything())


def test_the_same_posts_teach_the_same() -> None:
    pytest.importorskip("sklearn")
    posts = everything()[::6]
    assert learn(posts) == learn(posts)


def test_a_denial_reaches_a_few_words_and_through_a_list() -> None:
    words = "no pain numbness or fever but my leg".split()
    assert denials(words, frozenset({2}), lexicon().scopes) == [False, True, True, True, True, False, False, False]


def test_the_weights_are_added_up_once_for_each_passage(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    add = Weights.add

    def counted(*given: Any) -> int:
        asked.append(1)
        return add(*given)

    monkeypatch.setattr(Weights, "add", counted)
    counts = []
    for times in (100, 200, 400):
        asked.clear()
        find("I can't pee and I am numb between my legs. " * times)
        counts.append(len(asked))
    assert counts[0] > 1
    assert counts[2] <= 4.1 * counts[0]


def test_many_weights_are_added_in_one_number_without_touching_each_other() -> None:
    data = {"version": "", "labels": ["a", "b"], "start": [-5, 1, 7], "thresholds": {}}
    learnt = parse({**data, "features": {"w:x": [-300, 0, -1, 1, 250], "w:y": [2, 0, -3]}})
    total = learnt.add({learnt.place("w:x"), learnt.place("w:y"), None}, learnt.start)
    assert learnt.unpack(total) == (-3.03, [-0.04, 2.57])
    assert (learnt.of("w:x", "b"), learnt.of("w:nobody", "b")) == (2.5, 0.0)


def test_what_is_heard_is_what_was_learnt() -> None:
    """The site finds features as numbers, word by word; learning spells them out. Both must mean the same."""
    learnt, lines = weights(), [line for _, line in real("learnt.toml")] + harmless("learnt.toml")
    for text in [*lines, " ".join(lines), ". ".join(lines)]:
        telling = told(text)
        judge = judging.Judge(telling, learnt)
        for first, last in judging.passages(telling.reading.lengths):
            spelt = {learnt.place(feature) for feature in telling.features(first, last)}
            concepts = telling.concepts(telling.words_of(first, last))
            assert judge.heard(first, last, concepts) - {None} == spelt - {None}
            pairs = {each[2:] for each in judging.features(telling, first, last) if each[:2] == "x:"}
            weighed = [learnt.partners.get(one, {}).get(other, 0) for one, other in (pair.split("+") for pair in pairs)]
            assert learnt.paired(concepts, 0) == sum(weighed)


def test_all_weights_together_fit_into_their_lanes() -> None:
    """No passage can add up to more than every feature at once."""
    learnt = weights()
    totals = [0.0] * (len(learnt.labels) + 1)
    for packed in [learnt.start, *learnt.packed]:
        alarm, scores = learnt.unpack(packed)
        totals = [total + abs(WHOLE * score) for total, score in zip(totals, [alarm, *scores], strict=True)]
    assert 0 < max(totals) < HALF_LANE


def test_passages_cover_everything_and_grow_with_the_text() -> None:
    for count in (1, 10, 100, 1_000):
        read = list(judging.passages([8] * count))
        assert {place for first, last in read for place in range(first, last)} == set(range(count))
        assert len(read) <= count


def test_no_expression_can_run_away() -> None:
    book = Phrasebook(Grammar(rules().groups), {*scope.PARTS, *finding._patterns().parts})
    expressions = {phrase.expression for phrases in book._phrases.values() for phrase in phrases}
    assert len(expressions) > 1_000
    for expression in expressions:
        words = re.sub(r"\\S[*+] ", "word ", expression)  # the rest of one word, up to the space after it
        assert not re.search(r"[*+]|\{\d+,\}", words), expression
