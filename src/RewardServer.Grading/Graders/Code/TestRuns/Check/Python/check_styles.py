"""Checks that are run by unittest or pytest, in memory: nothing is read from where the candidate can write."""
NO_TEST = "no test ran"


def has_pytest():
    import importlib.util
    return importlib.util.find_spec("pytest") is not None


def verdict_on(error):
    name = "".join(letter if letter.isalnum() or letter == "_" else "?" for letter in type(error).__name__[:80])
    return "raise " + ("AssertionError" if isinstance(error, AssertionError) or name == "Failed" else name)


def run_unittest(module):
    import unittest

    class Result(unittest.TestResult):
        failure = None

        def fail(self, error):
            self.failure = self.failure or verdict_on(error)
            print_error(error)

        def addError(self, test, err):
            super().addError(test, err)
            self.fail(err[1])

        def addFailure(self, test, err):
            super().addFailure(test, err)
            self.fail(err[1])

        def addSubTest(self, test, subtest, err):
            super().addSubTest(test, subtest, err)
            if err is not None:
                self.fail(err[1])

    result = Result()
    unittest.TestLoader().loadTestsFromModule(module).run(result)
    if result.failure or result.unexpectedSuccesses:
        return result.failure or "raise AssertionError"
    return None if result.testsRun > len(result.skipped) else NO_TEST


def run_pytest(module):
    for name in [each for each in os.environ if each.startswith("PYTEST_")]:
        del os.environ[name]
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    import pathlib
    import pytest

    class InMemory(pytest.Module):
        def _getobj(self):
            return module

    class Plugin:
        passed, failure = 0, None

        def pytest_collection(self, session):
            node = InMemory.from_parent(session, path=pathlib.Path("/check.py"))
            session.items = list(session.genitems(node))
            session.config.hook.pytest_collection_modifyitems(session=session, config=session.config, items=session.items)
            session.testscollected = len(session.items)
            return True

        def pytest_collectreport(self, report):
            if report.failed:
                self.failure = self.failure or "raise CollectError"

        def pytest_runtest_makereport(self, item, call):
            error = call.excinfo.value if call.excinfo is not None else None
            if error is None:
                self.passed += call.when == "call"
            elif not isinstance(error, pytest.skip.Exception) and not item.get_closest_marker("xfail"):
                self.failure = self.failure or verdict_on(error)

    plugin = Plugin()
    code = pytest.main(["-q", "-p", "no:cacheprovider", "--noconftest", "--assert=plain", "-c", os.devnull, "--rootdir=/", "--capture=no", "--tb=short"], [plugin])
    if plugin.failure or code not in (0, 1, 5):
        return plugin.failure or "raise PytestError"
    if code == 1:
        return "raise AssertionError"
    return None if plugin.passed else NO_TEST
