"""Batches of items against the real server."""

import asyncio
import math

from checks import ACCURACY, RIGHT, client, item, raises, rewards, run, same
from rewardserver import RewardServerError


def items_are_graded_in_their_order():
    graded = client().grade("r1-zero", [
        item("<think>3/6 + 2/6</think> <answer>\\boxed{\\frac{10}{12}}</answer>", id="a", meta={"row": 7}),
        item("no answer", id="b"),
        item("\\boxed{5/6}"),
    ])
    same([one["id"] for one in graded], ["a", "b", "2"])
    same([one["outcome"] for one in graded], ["scored"] * 3)
    same(rewards(graded), [2.0, 0.0, 1.0])
    same(graded[0]["meta"], {"row": 7})
    same([component["name"] for component in graded[0]["components"]], ["accuracy", "format"])


def no_items_are_no_call():
    same(client(retries=0).grade("r1-zero", []), [])


def what_cannot_be_judged_has_no_reward():
    graded = client().grade(ACCURACY, [item(), item(task={"kind": "math", "answer": "\\frac{1"}), item("\\boxed{1}")])
    same(rewards(graded), [1.0, None, 0.0])
    same(graded[1]["outcome"], "skipped")
    assert graded[1]["reason"], graded[1]


def every_character_arrives():
    text = "Ответ 答えは 😀 π"
    # Lines that other languages end, a zero, what looks like an escape; and half a character, as models emit it, refuses nothing.
    odd = "\u2028 \x00 \\u0041 \"quoted\" \U0010ffff"
    completions = [f"{odd}<answer>{text}</answer>", f"<answer>{text} π</answer>", "half \ud83d a character", "\ud83d"]
    graded = client().grade(ACCURACY, [item(completion, {"kind": "text", "answer": text}, prompt=odd, id=odd, meta={"x": text + odd}) for completion in completions])
    same(rewards(graded), [1.0, 0.0, 0.0, 0.0])
    same((graded[0]["id"], graded[0]["meta"]), (odd, {"x": text + odd}))


def a_huge_batch_goes_in_several_calls():
    # More than the server takes in one.
    items = [item("\\boxed{5/6}" if i % 3 else f"\\boxed{{{i}}}", prompt=f"{i // 5}") for i in range(5003)]
    same(rewards(client().grade(ACCURACY, items)), [1.0 if i % 3 else 0.0 for i in range(5003)])


def a_server_that_takes_less_is_sent_smaller_calls():
    # The client believes in 100,000 items a call, and the server takes 2,000.
    server = client(batch=100_000, max_items=100_000)
    items = [item("\\boxed{5/6}" if i % 2 else "\\boxed{7}", prompt=f"{i // 2}") for i in range(4500)]
    same(rewards(server.grade(ACCURACY, items)), [float(i % 2) for i in range(4500)])
    assert server.batch <= 2250, server.batch


def a_body_is_kept_below_its_limit():
    server = client(max_bytes=100_000)
    items = [item("x" * 30_000 + ("\\boxed{5/6}" if i % 2 else ""), prompt=f"{i}") for i in range(20)]
    same(rewards(server.grade(ACCURACY, items)), [float(i % 2) for i in range(20)])


def a_body_that_is_too_large_even_alone_is_refused():
    error = raises(RewardServerError, lambda: client().grade(ACCURACY, [item("x" * (33 << 20))]))
    same(error.status, 413)


def completions_of_one_prompt_are_not_parted():
    # Sixty groups of five, dealt out like cards, in calls of about eight items: an advantage needs its whole group.
    rubric = {"components": [{"grader": "accuracy"}], "transforms": [{"transform": "mean-centred", "name": "advantage"}]}
    items = [item("\\boxed{5/6}" if i < 60 else "\\boxed{7}", prompt=f"{i % 60}") for i in range(300)]
    graded = client(batch=8).grade(rubric, items)
    for i, one in enumerate(graded):
        expected = 0.8 if i < 60 else -0.2
        assert math.isclose(one["transforms"]["advantage"], expected), (i, one)


def named_groups_go_before_prompts():
    rubric = {"components": [{"grader": "accuracy"}], "transforms": [{"transform": "mean-centred", "name": "advantage"}]}
    items = [item("\\boxed{5/6}" if i % 2 else "\\boxed{7}", prompt=f"{i}", group="all") for i in range(10)]
    same([one["transforms"]["advantage"] for one in client(batch=2).grade(rubric, items)], [0.5 if i % 2 else -0.5 for i in range(10)])


def a_fault_of_an_item_names_it_by_its_place():
    items = [item(prompt=f"{i}") for i in range(900)]
    items[777]["task"] = {"kind": "math"}
    error = raises(RewardServerError, lambda: client(batch=100).grade(ACCURACY, items))
    same((error.status, error.field), (400, "items[777].task.answer"))
    assert "items[777].task.answer" in str(error) and "400" in str(error), error
    same(list(error.errors), ["items[777].task.answer"])


def a_misspelt_member_is_refused():
    error = raises(RewardServerError, lambda: client().grade(ACCURACY, [item(completionToken=5)]))
    same(error.status, 400)
    assert "completionToken" in str(error), error


def an_unknown_rubric_is_refused():
    error = raises(RewardServerError, lambda: client().grade("r2", [item()]))
    same((error.status, error.field), (400, "rubric"))


def numbers_that_json_lacks_are_refused_before_they_are_sent():
    for number in (math.nan, math.inf, -math.inf):
        error = raises(RewardServerError, lambda: client().grade(ACCURACY, [item(), item(meta={"x": number})]))
        same((error.status, error.field), (None, "items[1]"))
    error = raises(RewardServerError, lambda: client().grade(ACCURACY, [item(meta=object())]))
    same(error.field, "items[0]")


def coroutines_grade_beside_each_other():
    async def all_of_them():
        server = client(connections=4)
        calls = [server.grade_async(ACCURACY, [item("\\boxed{5/6}" if i % 2 else "\\boxed{7}"), item()]) for i in range(40)]
        return [rewards(graded) for graded in await asyncio.gather(*calls)]

    same(asyncio.run(all_of_them()), [[float(i % 2), 1.0] for i in range(40)])


def a_url_that_is_none_is_refused():
    from rewardserver import RewardServer

    for url in ("", "127.0.0.1:8080", "ftp://host", "http://", "http://host/?key=1", "http://me@host"):
        assert "url" in str(raises(ValueError, lambda: RewardServer(url)))
    for wrong in ({"connections": 0}, {"retries": -1}, {"timeout": 0}, {"batch": 0}, {"api_key": "a\nb"}):
        raises(ValueError, lambda: RewardServer("http://127.0.0.1", **wrong))


if __name__ == "__main__":
    run(globals())
