"""Reading as a conversation: questions with answers, answered without opening the file again, kept in a file."""

from __future__ import annotations

import pickle
import tomllib
from pathlib import Path
from typing import Any

import pytest
from tests.io.part_lists.reading import text

import tkdn
from tkdn.errors import BomError, UsageError
from tkdn.io import source_file
from tkdn.io.answers import BESIDE, answers_beside

LIST = ("Part No;Qty;Price;Country of Origin", "MOTOR;1;$350.00;Nusantara", "FRAME;1;2500000;ID")


@pytest.fixture
def reading(tmp_path: Path) -> tkdn.Reading:
    return tkdn.read_list(text(tmp_path, *LIST))


def test_all_questions_come_at_once_each_with_its_option_and_its_line(reading: tkdn.Reading) -> None:
    assert reading.bom is None
    said = {(each.code, each.about): (each.answers[0].option, each.answers[0].line) for each in reading.questions}
    assert said == {
        ("product", ""): ("--product PART", 'product = "PART"'),
        ("country", "Nusantara"): ("--country Nusantara=CODE", '[countries] "Nusantara" = "CODE"'),
        ("currency-sign", "$"): ("--currency '$=USD'", '[currencies] "$" = "USD"'),
        ("currency", ""): ("--currency CODE", 'currency = "CODE"'),
    }


ANSWERS: dict[str, Any] = {
    "product": "TRIKE",
    "countries": {"Nusantara": "ID"},
    "currencies": {"$": "USD"},
    "currency": "IDR",
    "rates": {"USD": "16000@2026-01-01"},
}


def test_it_is_answered_without_opening_the_file_again(reading: tkdn.Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> bytes:
        raise AssertionError("the file was opened again")

    monkeypatch.setattr(source_file, "read_bytes", refuse)
    half = reading.answered({"product": "TRIKE", "currency": "IDR"})
    assert [each.code for each in half.questions] == ["country", "currency-sign"]
    bom = half.answered(ANSWERS).bill()
    assert bom.product == "TRIKE"
    assert {part.id: part.price and part.price.currency for part in bom.parts}["MOTOR"] == "USD"


def test_a_reading_pickles_and_goes_on_from_there(reading: tkdn.Reading) -> None:
    again = pickle.loads(pickle.dumps(reading))
    assert [each.to_dict() for each in again.questions] == [each.to_dict() for each in reading.questions]
    assert again.answered(ANSWERS).bill() == reading.answered(ANSWERS).bill()


def test_in_one_step_every_open_question_is_a_problem(tmp_path: Path) -> None:
    path = text(tmp_path, *LIST)
    with pytest.raises(BomError) as caught:
        tkdn.read_bom(path, currency="IDR")
    assert [problem.code for problem in caught.value.problems] == [
        "country-unknown",
        "currency-unclear",
        "product-missing",
    ]
    assert tkdn.read_bom(path, answers=ANSWERS).product == "TRIKE"


def test_answers_are_kept_with_open_questions_as_remarks(reading: tkdn.Reading, tmp_path: Path) -> None:
    half = reading.answered({"product": "TRIKE", "currencies": {"$": "USD"}})
    kept = tomllib.loads(half.answers)
    assert kept["format"] == "tkdn-answers"
    assert kept["product"] == "TRIKE"
    (own,) = kept["lists"]
    assert (own["file"], own["currencies"]) == ("list.csv", {"$": "USD"})
    assert '# [countries] "Nusantara" = "CODE"' in half.answers
    (tmp_path / "kept.toml").write_text(reading.answered(ANSWERS).answers, encoding="utf-8")
    assert tkdn.read_list(tmp_path / "list.csv", answers=tmp_path / "kept.toml").bill().product == "TRIKE"


def test_an_option_wins_over_answers_and_these_over_a_mapping(tmp_path: Path) -> None:
    path = text(tmp_path, "Part No;Qty;Price", "MOTOR;1;350")
    how: dict[str, Any] = {
        "mapping": {"product": "A", "currency": "USD"},
        "answers": {"product": "B", "currency": "EUR"},
    }
    prices = tkdn.read_list(path, **how, currency="IDR").bill()
    assert (prices.product, prices.parts[1].price and prices.parts[1].price.currency) == ("B", "IDR")
    assert tkdn.read_list(path, mapping=how["mapping"], currency="IDR").bill().product == "A"


def test_answers_next_to_a_list_are_found(tmp_path: Path) -> None:
    path = text(tmp_path, *LIST)
    assert answers_beside(path) is None
    (tmp_path / f"list{BESIDE}").write_text('product = "TRIKE"\n', encoding="utf-8")
    assert answers_beside(path) == tmp_path / f"list{BESIDE}"


@pytest.mark.parametrize("content", ['format = "tkdn-bom"', "version = 2", "lists = 1", "lists = [1]"])
def test_what_is_no_answers_file_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "kept.toml").write_text(content, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        tkdn.read_list(text(tmp_path, *LIST), answers=tmp_path / "kept.toml")
    assert caught.value.code == "option-invalid"


def test_several_lists_have_their_own_answers_in_one_file(tmp_path: Path) -> None:
    answers = {
        "product": "TRIKE",
        "lists": [{"file": "other.csv", "currency": "EUR"}, {"file": "list.csv", "currency": "IDR"}],
    }
    path = text(tmp_path, "Part No;Qty;Price", "MOTOR;1;350")
    bom = tkdn.read_list(path, answers=answers).bill()
    assert bom.parts[1].price is not None
    assert bom.parts[1].price.currency == "IDR"


def test_a_word_with_quotes_or_control_characters_is_answered_and_kept() -> None:
    reading = tkdn.read_list(b'Part No;Qty;Unit\nA;1;"b""\x7f\\l"\n', name="list.csv", product="X")
    (asked,) = reading.questions
    answered = reading.answered(asked.answer("pcs"))
    assert answered.questions == ()
    assert tomllib.loads(answered.answers)["lists"][0]["units"] == {'b"\x7f\\l': "pcs"}


def test_bytes_are_read_as_a_file_is(tmp_path: Path) -> None:
    path = text(tmp_path, "Part No;Qty", "MOTOR;1")
    given = tkdn.read_list(path.read_bytes(), name="list.csv", product="TRIKE").bill()
    assert given == tkdn.read_list(path, product="TRIKE").bill()


def test_our_own_formats_come_back_without_questions(tmp_path: Path) -> None:
    bom = tkdn.read_list(text(tmp_path, "Part No;Qty", "MOTOR;1"), product="TRIKE").bill()
    tkdn.write_bom(bom, tmp_path / "bill.json")
    reading = tkdn.read_list(tmp_path / "bill.json")
    assert (reading.questions, reading.report, reading.bom) == ((), None, bom)


def test_questions_come_in_both_languages(reading: tkdn.Reading) -> None:
    (unknown,) = (each for each in reading.questions if each.code == "country")
    assert unknown.message_in("en") == "'Nusantara' is no country that is known (rows 2)"
    assert unknown.message_in("id") == "'Nusantara' bukan negara yang dikenal (baris 2)"


def test_with_plain_data_for_machines(reading: tkdn.Reading) -> None:
    data = reading.to_dict()
    assert [each["code"] for each in data["questions"]] == [each.code for each in reading.questions]
    assert data["report"]["columns"][0] == {"heading": "Part No", "key": "id"}
