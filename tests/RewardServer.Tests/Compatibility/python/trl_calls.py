"""Reward functions called as TRL's GRPOTrainer calls them (trl/trainer/grpo_trainer.py, _calculate_rewards, of July 2026)."""

import asyncio
import inspect
import math
from collections import defaultdict

from checks import ACCURACY, RIGHT, Stub, client, item, raises, run, same
from rewardserver import RewardServerError, RewardServerUnavailable

NAN = math.nan
GOOD = "<think>3/6 + 2/6</think> <answer>\\boxed{5/6}</answer>"


class Trainer:
    """What of the trainer is about rewards: the columns, the names, the log, the sorts of functions."""

    def __init__(self, *reward_funcs):
        self.reward_funcs = list(reward_funcs)
        # Its logs call a function by this, since July 2026 of what functools.partial wraps.
        self.names = [getattr(func, "__name__", type(func).__name__) for func in self.reward_funcs]
        self.extra, self.metrics = defaultdict(list), defaultdict(list)

    def rewards(self, inputs, completions, completion_ids=None):
        """A row of rewards for each function, with NaN for None; inputs are the data set's rows, one a completion."""
        prompts = [row["prompt"] for row in inputs]
        columns = {name: [row[name] for row in inputs] for name in inputs[0] if name not in ("prompt", "completion", "completion_ids")}
        columns["trainer_state"] = object()
        columns["log_extra"] = lambda column, values: self.extra[column].extend(values)
        columns["log_metric"] = lambda name, value: self.metrics[name].append(value)
        ids = completion_ids or [[1, 2, 3]] * len(prompts)
        found = {}
        waiting = []
        for i, func in enumerate(self.reward_funcs):
            if inspect.iscoroutinefunction(func):
                waiting.append((i, func))
            else:
                found[i] = func(prompts=prompts, completions=completions, completion_ids=ids, **columns)

        async def all_of_them():
            return await asyncio.gather(*[func(prompts=prompts, completions=completions, completion_ids=ids, **columns) for _, func in waiting])

        if waiting:
            found.update(zip((i for i, _ in waiting), asyncio.run(all_of_them())))
        for column in found.values():
            same([type(reward) for reward in column], [float if reward is not None else type(None) for reward in column])
        return [[NAN if reward is None else reward for reward in found[i]] for i in range(len(self.reward_funcs))]


def rows(*answers, **more):
    return [{"prompt": "What is 1/2 + 1/3?", "answer": answer, **more} for answer in answers]


def texts_earn_their_rewards():
    trainer = Trainer(client().trl_reward("r1-zero", answer_column="answer"))
    same(trainer.names, ["r1-zero"])
    same(trainer.rewards(rows("5/6", "5/6", "5/6"), [GOOD, "\\boxed{5/6}", "?"]), [[2.0, 1.0, 0.0]])


def chats_earn_their_rewards():
    trainer = Trainer(client().trl_reward("r1-zero"))
    inputs = rows("5/6", "5/6", "5/6", "5/6")
    for row in inputs:
        row["prompt"] = [{"role": "system", "content": "Think."}, {"role": "user", "content": "What is 1/2 + 1/3?"}]
    completions = [
        [{"role": "assistant", "content": GOOD}],
        # A turn that calls a tool, and the turn after its answer.
        [{"role": "assistant", "content": None, "tool_calls": [{"type": "function", "function": {"name": "add", "arguments": {"a": 1}}}]},
         {"role": "tool", "name": "add", "content": "7"}, {"role": "assistant", "content": GOOD}],
        # What a model with images is given and gives: contents in parts.
        [{"role": "assistant", "content": [{"type": "text", "text": GOOD}]}],
        [{"role": "assistant", "content": "?"}],
    ]
    same(trainer.rewards(inputs, completions), [[2.0, 2.0, 2.0, 0.0]])


def prompts_in_parts_are_read():
    inputs = rows("5/6")
    inputs[0]["prompt"] = [{"role": "user", "content": [{"type": "image", "image": object()}, {"type": "text", "text": "What is it?"}]}]
    same(Trainer(client().trl_reward(ACCURACY)).rewards(inputs, [[{"role": "assistant", "content": "\\boxed{5/6}"}]]), [[1.0]])


def thinking_that_was_taken_out_is_put_back():
    message = {"role": "assistant", "reasoning_content": "3/6 + 2/6", "content": "<answer>\\boxed{5/6}</answer>"}
    same(Trainer(client().trl_reward("r1-zero")).rewards(rows("5/6"), [[message]]), [[2.0]])
    same(Trainer(client().trl_reward("r1-zero", thinking=None)).rewards(rows("5/6"), [[message]]), [[1.0]])


def asynchronous_functions_are_awaited_beside_plain_ones():
    server = client()
    trainer = Trainer(server.trl_reward("r1-zero", asynchronous=True), server.trl_reward(ACCURACY, name="right"), server.trl_reward("r1", asynchronous=True))
    same([inspect.iscoroutinefunction(func) for func in trainer.reward_funcs], [True, False, True])
    same(trainer.names, ["r1-zero", "right", "r1"])
    found = trainer.rewards(rows("5/6", "5/6"), [GOOD, "\\boxed{5/6}"])
    same(found[:2], [[2.0, 1.0], [1.0, 1.0]])
    assert found[2][0] > found[2][1] >= 1.0, found


def what_has_no_reward_is_none_and_never_0():
    trainer = Trainer(client().trl_reward(ACCURACY))
    # A gold that cannot be read, a row of another kind of task, a data frame's way to say so, an empty gold.
    found = trainer.rewards(rows("5/6", "\\frac{1", None, NAN, "", "5/6"), ["\\boxed{5/6}"] * 5 + ["\\boxed{1}"])[0]
    same([found[0], found[5]], [1.0, 0.0])
    assert all(math.isnan(reward) for reward in found[1:5]), found
    same(trainer.extra["rewardserver/reason"][2:4], ["no label", "no label"])
    assert trainer.extra["rewardserver/reason"][1], trainer.extra


def a_column_that_is_missing_is_named():
    error = raises(RewardServerError, lambda: Trainer(client().trl_reward("r1-zero", answer_column="solution")).rewards(rows("5/6", level=3), ["?"]))
    same(error.field, "solution")
    assert "no column 'solution'" in str(error) and "answer, level" in str(error) and "completion_ids" not in str(error), error
    error = raises(RewardServerError, lambda: Trainer(client().trl_reward("r1-zero", task_column="task")).rewards(rows("5/6"), ["?"]))
    same(error.field, "task")


def a_label_that_is_none_is_told_with_its_row():
    for label, word in (({"no": "task"}, "kind"), ("task:nowhere", "nowhere"), ({"kind": "math"}, "answer")):
        error = raises(RewardServerError, lambda: Trainer(client().trl_reward(ACCURACY)).rewards(rows("5/6", label), ["?", "?"]))
        assert error.field in ("answer[1]", "items[1].task.answer") and word in str(error), error


def what_is_neither_a_text_nor_a_chat_is_told():
    reward = client().trl_reward(ACCURACY)
    same(raises(RewardServerError, lambda: reward(prompts=["?", 5], completions=["?", "?"], answer=["1", "1"])).field, "prompts[1]")
    same(raises(RewardServerError, lambda: reward(prompts=["?"], completions=[None], answer=["1"])).field, "completions[0]")
    same(raises(RewardServerError, lambda: reward(prompts=["?"], completions=[["?"]], answer=["1"])).field, "completions[0]")
    same(raises(RewardServerError, lambda: reward(prompts=["?"], completions=["?", "?"], answer=["1"])).field, "completions")
    same(raises(RewardServerError, lambda: reward(prompts=["?"], completions=["?"], answer=["1", "2"])).field, "answer")


def tasks_stand_in_a_column_of_their_own():
    server = client()
    server.put_tasks([{"id": "sixths", "task": RIGHT}], set="trl")
    inputs = [
        {"prompt": "a", "task": {"kind": "math", "answer": "5/6", "answers": None, "language": None}},
        {"prompt": "b", "task": '{"kind": "choice", "answer": "B", "choices": ["one", "two"]}'},
        {"prompt": "c", "task": "task:trl/sixths"},
        {"prompt": "d", "task": None},
    ]
    reward = server.trl_reward(ACCURACY, task_column="task")
    found = Trainer(reward).rewards(inputs, ["\\boxed{5/6}", "The answer is B.", "\\boxed{5/6}", "?"])[0]
    same(found[:3], [1.0, 1.0, 1.0])
    assert math.isnan(found[3]), found
    # Where a row has no task, its answer is one.
    same(Trainer(reward).rewards([{**row, "answer": "4"} for row in inputs], ["?"] * 3 + ["\\boxed{4}"]), [[0.0, 0.0, 0.0, 1.0]])


def a_rubric_without_golds_needs_no_column():
    reward = client().trl_reward({"name": "shape", "components": [{"grader": "format"}]}, answer_column=None)
    trainer = Trainer(reward)
    same((trainer.names, trainer.rewards([{"prompt": "a"}] * 2, [GOOD, "?"])), (["shape"], [[1.0, 0.0]]))


def plain_golds_are_of_the_kind_that_is_said():
    same(Trainer(client().trl_reward(ACCURACY, kind="text")).rewards(rows("Paris"), ["<answer>Paris</answer>"]), [[1.0]])
    raises(ValueError, lambda: client().trl_reward(ACCURACY, kind="code"))


def rewards_are_weighed():
    same(Trainer(client().trl_reward(ACCURACY, weight=0.5)).rewards(rows("5/6", "5/6"), ["\\boxed{5/6}", "?"]), [[0.5, 0.0]])
    raises(ValueError, lambda: client().trl_reward(ACCURACY, weight=NAN))


def tokens_are_counted_by_the_trainer():
    rubric = {"components": [{"grader": "length", "options": {"shape": "overlong", "maxTokens": 1000, "cache": 200}}]}
    ids = [[7] * 799 + [2], [7] * 899 + [2], [7] * 10, []]
    same(Trainer(client().trl_reward(rubric)).rewards(rows(*["5"] * 4), ["5"] * 4, ids), [[0.0, -0.5, 0.0, 0.0]])
    # One that does not end with the end of a text was cut off.
    same(Trainer(client().trl_reward(rubric, eos_token_ids=[2])).rewards(rows(*["5"] * 4), ["5"] * 4, ids), [[0.0, -0.5, -1.0, 0.0]])


def completions_of_one_prompt_are_a_group():
    # One prompt, two questions: the same words with other answers, as where only an image differs.
    rubric = {"components": [{"grader": "accuracy", "weight": 0}, {"grader": "group-length"}]}
    inputs = rows("5/6", "5/6", "7", "7")
    ids = [[1] * 10, [1] * 20, [1] * 10, [1] * 90]
    found = Trainer(client(batch=1).trl_reward(rubric)).rewards(inputs, ["\\boxed{5/6}"] * 2 + ["\\boxed{7}"] * 2, ids)[0]
    same(found[0::2], [found[0]] * 2)
    same(found[1::2], [found[1]] * 2)
    assert found[0] > found[1], found


def the_log_has_the_same_columns_for_every_batch():
    def columns(trainer):
        return sorted(trainer.extra), sorted(trainer.metrics)

    server = client()
    one, other = Trainer(server.trl_reward("r1-zero")), Trainer(server.trl_reward("r1-zero"))
    one.rewards(rows("5/6", "\\frac{1"), [GOOD, GOOD])
    other.rewards(rows(None, None), [GOOD, GOOD])
    same(columns(one), (["r1-zero/accuracy", "r1-zero/format", "r1-zero/reason"], ["r1-zero/accuracy", "r1-zero/format", "r1-zero/without_reward"]))
    same(columns(other), columns(one))
    same(one.extra["r1-zero/accuracy"], [1.0, None])
    same((one.metrics["r1-zero/accuracy"], one.metrics["r1-zero/without_reward"]), ([1.0], [0.5]))
    same([len(values) for values in [*one.extra.values(), *other.extra.values()]], [2] * 6)


def earlier_versions_log_nothing_and_are_served():
    reward = client().trl_reward("r1-zero")
    same(reward(prompts=["?"], completions=[GOOD], answer=["5/6"]), [2.0])
    same(reward(["?"], [GOOD], answer=["5/6"]), [2.0])


def a_wrong_rubric_is_told_before_anything_is_graded():
    same(raises(RewardServerError, lambda: Trainer(client().trl_reward("r2")).rewards(rows("5/6"), ["?"])).field, "rubric")


def a_server_that_is_gone_ends_the_training_or_leaves_the_batch_out():
    # Through the stub.
    def gone(server, reward):
        found = Trainer(reward)
        same(found.rewards(rows("5/6"), [GOOD]), [[2.0]])
        Stub.plan("503", "503")
        return found

    server = client(retries=1)
    trainer = gone(server, server.trl_reward("r1-zero"))
    raises(RewardServerUnavailable, lambda: trainer.rewards(rows("5/6"), [GOOD]))
    trainer = gone(server, server.trl_reward("r1-zero", unreachable="none"))
    assert math.isnan(trainer.rewards(rows("5/6"), [GOOD])[0][0])
    same(len(trainer.extra["r1-zero/accuracy"]), 2)
    raises(ValueError, lambda: server.trl_reward("r1-zero", unreachable="zero"))


if __name__ == "__main__":
    run(globals())
