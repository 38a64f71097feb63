"""Labels, uploaded tasks, and programs, against the real server."""

import pickle

from checks import ACCURACY, RIGHT, client, item, raises, rewards, run, same
from rewardserver import RewardServer, RewardServerError, task_of


def plain_golds_are_read():
    same(task_of("5/6"), {"kind": "math", "answer": "5/6"})
    same(task_of("Paris", "text"), {"kind": "text", "answer": "Paris"})
    same(task_of(42), {"kind": "math", "answer": "42"})
    same(task_of(0.5, "number"), {"kind": "number", "answer": "0.5"})
    same(task_of(True, "text"), {"kind": "text", "answer": "true"})
    same(task_of(["1/2"]), {"kind": "math", "answer": "1/2"})
    same(task_of([RIGHT]), RIGHT)
    same(task_of(["1/2", 0.5]), {"kind": "math", "answers": ["1/2", "0.5"]})
    same(task_of("{1, 2}"), {"kind": "math", "answer": "{1, 2}"})
    same(task_of(None), {"kind": "math", "answer": ""})


def tasks_are_read():
    same(task_of(RIGHT), RIGHT)
    same(task_of('{"kind": "math", "answer": "5/6"}'), RIGHT)
    # As a data set in Arrow has it: the members of all rows, and none of this one's lacks them.
    task = {"kind": "code", "language": "python", "limits": None, "tests": [
        {"kind": "stdio", "stdin": "1", "stdout": "2", "function": None, "arguments": None, "result": None},
        {"kind": "call", "stdin": None, "stdout": None, "function": "f", "arguments": [None], "result": None},
    ]}
    same(task_of(task), {"kind": "code", "language": "python", "tests": [
        {"kind": "stdio", "stdin": "1", "stdout": "2"},
        {"kind": "call", "function": "f", "arguments": [None], "result": None},
    ]})


def tests_of_other_sets_are_read():
    stdio = {"kind": "code", "language": "python", "tests": [{"kind": "stdio", "stdin": "1\n2", "stdout": "3"}]}
    same(task_of('{"inputs": ["1\\n2"], "outputs": ["3"]}'), stdio)
    same(task_of({"inputs": [["1", 2]], "outputs": [3], "fn_name": None}), stdio)
    call = {"kind": "call", "function": "f", "types": "json"}
    same(task_of({"inputs": ['1\n\n[2, "x"]\n', [1, 2], "null"], "outputs": ["[3]\n", [3], "yes"], "fn_name": "f"})["tests"], [
        {**call, "arguments": [1, [2, "x"]], "accepted": [[3]]},
        {**call, "arguments": [1, 2], "accepted": [[3], 3]},
        {**call, "arguments": [None], "accepted": ["yes"]},
    ])
    same(task_of({"inputs": ["1"], "outputs": ["5"], "fn_name": "f"})["tests"][0]["accepted"], [5, "5"])
    check = {"kind": "check", "harness": "assert f(1) == 2"}
    same(task_of({"assert_case": ["assert f(1) == 2"]})["tests"], [check])
    same(task_of({"inputs": ["1", "2"], "outputs": [None, "3"], "assert_case": ["assert f(1) == 2", None]})["tests"],
         [check, {"kind": "stdio", "stdin": "2", "stdout": "3"}])


def what_is_no_label_is_told():
    of_f = {"outputs": ["1"], "fn_name": "f"}
    for label in (
        [], [[1]], [True, "1"], {}, {"answer": "5"}, object(), b"5", {"inputs": ["1"], "outputs": []}, {"inputs": "1", "outputs": "2"},
        {"inputs": ["{"], **of_f}, {"inputs": ["NaN"], **of_f}, {"inputs": [5], **of_f}, {"inputs": ["1"], **of_f, "fn_name": 5},
        {"inputs": ["1"], "outputs": [None]}, {"inputs": ["1"], "outputs": ["2"], "assert_case": ["a", "b"]},
    ):
        raises(ValueError, lambda: task_of(label))
    assert "code" in str(raises(ValueError, lambda: task_of("5", "code")))


def values_of_other_libraries_are_read():
    # As NumPy's and OmegaConf's are: no lists, texts and numbers, but what becomes them.
    from collections import UserDict, UserList

    class Scalar:
        def __init__(self, value):
            self.value = value

        def tolist(self):
            return self.value

    class Text(str):
        pass

    same(task_of(Scalar("5/6")), RIGHT)
    same(task_of(Scalar(["1/2", "0.5"])), {"kind": "math", "answers": ["1/2", "0.5"]})
    same(task_of(UserDict(kind="math", answers=UserList([Scalar("5/6"), "1"]))), {"kind": "math", "answers": ["5/6", "1"]})
    same(rewards(client().grade(UserDict(ACCURACY), [item(Text("\\boxed{5/6}"), UserDict(RIGHT), meta={"x": Scalar([1, 2])})])), [1.0])


def an_uploaded_task_is_named_by_its_label():
    server = client()
    same(server.put_tasks([{"id": "half/1", "task": {"kind": "math", "answer": "1/2"}}, {"id": "ünï 1", "set": "other", "task": RIGHT}], set="client"), 2)
    same(server.get_task("client/half/1")["answer"], "1/2")
    same(server.task_of("task:other/ünï 1")["answer"], "5/6")
    same(rewards(server.grade(ACCURACY, [item("\\boxed{1/2}", server.task_of("task:client/half/1"))])), [1.0])
    same(server.put_tasks([{"id": "half/1", "set": "client", "task": {"kind": "math", "answer": "2"}}]), 1)
    same(server.get_task("client/half/1")["answer"], "2")


def an_uploaded_task_is_asked_for_once():
    server = client()
    server.put_tasks([{"id": "kept", "task": RIGHT}], set="once")
    server.get_task("once/kept")
    server.retries, server._address = 0, ("127.0.0.1", 1)
    server.close()
    same(server.get_task("once/kept")["answer"], "5/6")


def many_tasks_go_in_several_calls():
    same(client().put_tasks(({"id": f"{i}", "task": RIGHT} for i in range(3000)), set="many"), 3000)
    same(client().get_task("many/2999")["answer"], "5/6")


def a_task_that_is_not_there_is_told():
    error = raises(RewardServerError, lambda: client().task_of("task:nowhere"))
    same(error.status, 404)
    assert "nowhere" in str(error), error


def a_task_that_is_wrong_is_told_by_its_place():
    error = raises(RewardServerError, lambda: client().put_tasks([{"id": "a", "task": RIGHT}, {"id": "b", "task": {"kind": "math"}}]))
    same((error.status, error.field), (400, "tasks[1].task.answer"))


def a_client_and_its_functions_can_be_sent_to_another_process():
    server = pickle.loads(pickle.dumps(client(batch=7)))
    same((server.batch, rewards(server.grade(ACCURACY, [item()]))), (7, [1.0]))
    reward = pickle.loads(pickle.dumps(server.trl_reward("r1-zero", name="mine")))
    same((reward.__name__, reward(prompts=["?"], completions=["\\boxed{5/6}"], answer=["5/6"])), ("mine", [1.0]))
    score = pickle.loads(pickle.dumps(server.verl_compute_score("r1-zero", details=False)))
    same(score("math", "\\boxed{5/6}", "5/6", None), 1.0)
    error = pickle.loads(pickle.dumps(raises(RewardServerError, lambda: server.grade("r2", [item()]))))
    same((error.status, error.field), (400, "rubric"))


def a_program_is_run():
    server = client()
    run_of = server.execute("python", "print(int(input()) * 2)", "21")["runs"][0]
    same((run_of["status"], run_of["stdout"]), ("ok", "42\n"))
    runs = server.execute("python", "import sys\nsys.stdout.buffer.write(sys.stdin.buffer.read())", stdins=["π", b"\xff"])["runs"]
    same([one["stdout"] for one in runs], ["π", None])
    same(runs[1]["stdoutBase64"], "/w==")
    kept = server.execute("python", "open('b','w').write(open('a').read() * 2)", files={"a": "xy"}, output_files=["b"], limits={"cpuSeconds": 5})
    same(kept["runs"][0]["files"], {"b": "eHl4eQ=="})
    same(raises(RewardServerError, lambda: server.execute("cobol", "")).field, "language")


def a_program_that_is_graded_earns_its_reward():
    task = '{"inputs": ["[1, 2]\\n3"], "outputs": ["[1, 2, 3]"], "fn_name": "f"}'
    server = client()
    items = [item(f"```python\ndef f(a, b): return a + [b{more}]\n```", task_of(task)) for more in ("", " + 1")]
    same(rewards(server.grade(ACCURACY, items)), [1.0, 0.0])


if __name__ == "__main__":
    run(globals())
