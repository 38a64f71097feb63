"""One process for check and candidate, where the check asks for what cannot cross.

The candidate could forge the report here. What is stopped is every way to end early, everything it prints, and what it
replaces among the builtins.
"""


def run_shared(job, check, prelude, reporter):
    # What is used once the candidate has run is taken before it, so that nothing it replaces is ours.
    sys.path[:] = WHOLE_PATH
    run, untrace, unprofile = exec, sys.settrace, sys.setprofile
    names = vars(builtins)
    kept = dict(names)
    module = types.ModuleType("candidate")
    module.__file__ = os.path.abspath("candidate.py")
    for name in STAND_INS:
        sys.modules[name] = module
    with open("candidate.py", "rb") as file:
        source = file.read()
    try:
        run(compile(source, "candidate.py", "exec", dont_inherit=True), module.__dict__)
    except Exception as error:
        reporter.raised(error, "load")
    untrace(None)
    unprofile(None)
    names.update(kept)
    module.__dict__["__builtins__"] = builtins
    module.__dict__.update(prelude)
    # The check is a program of its own: what it keeps under its main guard is the check.
    run_styled(job, check, module.__dict__, reporter)
