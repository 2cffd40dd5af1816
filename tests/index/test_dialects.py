import pytest

from tips.index.dialects import other_spellings

TWO_WAYS = (
    ("disc", "disk"),
    ("stabilisation", "stabilization"),
    ("exercising", "exercizing"),
    ("paralysed", "paralyzed"),
    ("paraesthesia", "paresthesia"),
    ("centre", "center"),
    ("metres", "meters"),
    ("colours", "colors"),
    ("travelling", "traveling"),
    ("programme", "program"),
    ("tumour", "tumor"),
    ("grey", "gray"),
    ("orthopaedic", "orthopedic"),
    ("haemorrhage", "hemorrhage"),
)


@pytest.mark.parametrize(("british", "american"), TWO_WAYS)
def test_either_spelling_leads_to_the_other(british: str, american: str):
    assert american in other_spellings([british])[british]
    assert british in other_spellings([american])[american]


def test_words_with_one_spelling_have_no_other():
    assert other_spellings(["rise", "size", "wise", "back", "hip", "here", "L4", ""]) == {}
