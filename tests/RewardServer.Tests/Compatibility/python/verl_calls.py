"""Scores called as verl calls them (verl/trainer/ppo/reward.py and the reward managers, of January 2026)."""

import asyncio
import functools
import importlib.util
import inspect
import math

import rewardserver
from checks import ACCURACY, RIGHT, URL, Stub, client, raises, run, same
from rewardserver import RewardServerError, RewardServerUnavailable

GOOD = "<think>3/6 + 2/6</think> <answer>\\boxed{5/6}</answer>"


def _naive(compute_score, samples):
    """The manager "naive": one after another, by keywords; a number or a dict, of which each member makes a column."""
    rewards, columns = [], {}
    for source, solution, truth, extra in samples:
        extra = {**extra, "num_turns": None, "rollout_reward_scores": {}}
        score = compute_score(data_source=source, solution_str=solution, ground_truth=truth, extra_info=extra)
        rewards.append(score["score"] if isinstance(score, dict) else score)
        for name, value in score.items() if isinstance(score, dict) else ():
            columns.setdefault(name, []).append(value)
    return rewards, columns


def _loop(compute_score, samples):
    """The reward loop: all at once, awaited where it is a coroutine function, else in threads of its own."""
    async def one(source, solution, truth, extra):
        call = functools.partial(compute_score, data_source=source, solution_str=solution, ground_truth=truth, extra_info=extra)
        if inspect.iscoroutinefunction(compute_score):
            return await call()
        return await asyncio.get_running_loop().run_in_executor(None, call)

    async def all_of_them():
        return await asyncio.gather(*[one(*sample) for sample in samples])

    scores = asyncio.run(all_of_them())
    # It takes the columns of the first sample, and wants them of each.
    names = list(scores[0]) if isinstance(scores[0], dict) else []
    return [score["score"] if names else score for score in scores], {name: [score[name] for score in scores] for name in names}


def _configured(name, **reward_kwargs):
    """A function of a file that the configuration names, with its reward_kwargs."""
    spec = importlib.util.spec_from_file_location("custom_module_1", rewardserver.__file__)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    raw = getattr(module, name)

    def call(raw_fn, extra, *args, **kwargs):
        return raw_fn(*args, **{**kwargs, **extra})

    async def call_async(raw_fn, extra, *args, **kwargs):
        return await raw_fn(*args, **{**kwargs, **extra})

    return functools.partial(call_async if inspect.iscoroutinefunction(raw) else call, raw, reward_kwargs)


SAMPLES = [
    ("math", GOOD, "5/6", {"index": 0, "question": "What is 1/2 + 1/3?"}),
    ("math", "\\boxed{5/6}", "5/6", {"index": 0}),
    ("math", "?", "5/6", {}),
]
REWARDS = [2.0, 1.0, 0.0]
COLUMNS = {"score": REWARDS, "acc": [1.0, 1.0, 0.0], "component_accuracy": [1.0, 1.0, 0.0], "component_format": [1.0, 0.0, 0.0]}


def samples_are_scored_one_after_another():
    same(_naive(client().verl_compute_score("r1-zero"), SAMPLES), (REWARDS, COLUMNS))
    same(_naive(client().verl_compute_score("r1-zero", details=False), SAMPLES), (REWARDS, {}))


def samples_are_scored_beside_each_other():
    score = client().verl_compute_score("r1-zero", asynchronous=True)
    assert inspect.iscoroutinefunction(score) and score.__name__ == "compute_score"
    same(_loop(score, SAMPLES * 20), (REWARDS * 20, {name: column * 20 for name, column in COLUMNS.items()}))
    same(_loop(client().verl_compute_score("r1-zero"), SAMPLES), (REWARDS, COLUMNS))


def a_batch_is_scored_in_one_call():
    scores = client().verl_compute_scores("r1-zero")
    found = scores(
        data_sources=["math"] * 3, solution_strs=[sample[1] for sample in SAMPLES], ground_truths=["5/6"] * 3,
        extra_infos=[{"rollout_reward_scores": {}} for _ in SAMPLES], reward_router_address=None)
    same(found, [{name: column[i] for name, column in COLUMNS.items()} for i in range(3)])
    same(scores([], [], [], []), [])
    raises(RewardServerError, lambda: scores(["math"], ["?", "?"], ["5/6"]))


def samples_of_one_row_are_a_group():
    rubric = {"components": [{"grader": "accuracy", "weight": 0}, {"grader": "group-length"}]}
    solutions = ["\\boxed{5/6}", "So after long thought it is " * 9 + "\\boxed{5/6}"] * 2
    def scored(*extras):
        return client().verl_compute_scores(rubric, details=False)(["math"] * 4, solutions, ["5/6"] * 4, list(extras))

    grouped = scored({"index": 1}, {"index": 1}, {"index": 2}, {"index": 2})
    assert grouped[0] > grouped[1] and grouped[:2] == grouped[2:], grouped
    alone = scored({}, None, {}, {})
    same(alone, [alone[0]] * 4)


def the_configuration_alone_will_do():
    same(_loop(_configured("compute_score", url=URL, rubric="r1-zero", backoff=0.01), SAMPLES), (REWARDS, COLUMNS))
    same(_naive(_configured("compute_score_sync", url=URL, rubric=ACCURACY, details=False), SAMPLES), ([1.0, 1.0, 0.0], {}))
    scores = _configured("compute_scores", url=URL, rubric="r1-zero", details=False)
    same(scores(data_sources=["math"], solution_strs=[GOOD], ground_truths=["5/6"], extra_infos=[{}]), [2.0])


def what_verl_adds_by_itself_is_passed_over():
    score = _configured("compute_score_sync", url=URL, rubric="r1-zero", details=False)
    same(score(data_source="math", solution_str=GOOD, ground_truth="5/6", extra_info=None, reward_router_address="x", reward_model_tokenizer=object()), 2.0)
    same(score("math", GOOD, "5/6", {}), 2.0)


def a_sample_without_a_reward_ends_the_training():
    score = client().verl_compute_score("r1-zero")
    error = raises(RewardServerError, lambda: score("math", GOOD, "\\frac{1", {}))
    assert "skipped" in str(error) and "skipped=NUMBER" in str(error), error
    same(raises(RewardServerError, lambda: score("math", GOOD, None, {})).field, "ground_truth[0]")
    same(raises(RewardServerError, lambda: score("math", GOOD, {"no": "task"}, {})).field, "ground_truth[0]")
    scores = client().verl_compute_scores("r1-zero")
    raises(RewardServerError, lambda: scores(["math"] * 2, [GOOD] * 2, ["5/6", "\\frac{1"], [{}, {}]))


def a_number_may_stand_for_what_was_skipped():
    score = client().verl_compute_score("r1-zero", skipped=-1.0)("math", GOOD, "\\frac{1", {})
    same({name: value for name, value in score.items() if not math.isnan(value)}, {"score": -1.0, "acc": -1.0})
    same(list(score), list(COLUMNS))
    for number in (math.nan, math.inf):
        raises(ValueError, lambda: client().verl_compute_score("r1-zero", skipped=number))
        raises(ValueError, lambda: client().verl_compute_score("r1-zero", failed=number))


def a_number_may_stand_for_what_failed():
    # Through the stub.
    score = client(retries=1).verl_compute_score("r1-zero", failed=-2.0)
    same(score("math", GOOD, "5/6", {})["score"], 2.0)
    for fault in ("503", "all-failed"):
        Stub.plan(fault, fault)
        found = score("math", GOOD, "5/6", {})
        same((found["score"], found["acc"], list(found)), (-2.0, -2.0, list(COLUMNS)))


def what_failed_ends_the_training_else():
    # Through the stub.
    score = client(retries=1).verl_compute_score("r1-zero", skipped=0.0)
    same(score("math", GOOD, "5/6", {})["score"], 2.0)
    Stub.plan("503", "503")
    raises(RewardServerUnavailable, lambda: score("math", GOOD, "5/6", {}))
    Stub.plan("all-failed", "all-failed")
    error = raises(RewardServerError, lambda: score("math", GOOD, "5/6", {}))
    assert "the stub failed it" in str(error), error


def ground_truths_may_be_tasks():
    server = client()
    server.put_tasks([{"id": "sixths", "task": RIGHT}], set="verl")
    score = server.verl_compute_score(ACCURACY, details=False)
    for truth in ("5/6", ["1", "5/6"], RIGHT, '{"kind": "math", "answer": "5/6"}', "task:verl/sixths"):
        same((score("math", GOOD, truth, {}), score("math", "?", truth, {})), (1.0, 0.0))


if __name__ == "__main__":
    run(globals())
