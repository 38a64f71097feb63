# What stands above is the driver of calls, whose decode reads values.
#
# Asks a property about one input and output. Standard input brings both as JSON, or null to ask only whether there is a
# property. Descriptor 3 takes the answer: "holds", "fails", "ready", "missing", or "raise" with the exception's name.


def _ask():
    sys.set_int_max_str_digits(0)
    given = loads(sys.stdin.buffer.read())
    try:
        with open("holds_here.py", "rb") as file:
            source = file.read()
        names = {"__name__": "property"}
        exec(compile(source, "property.py", "exec", dont_inherit=True), names)
        holds = names.get("holds")
        if not callable(holds):
            answer = "missing"
        elif given is None:
            answer = "ready"
        else:
            answer = "holds" if holds(decode(given["input"]), decode(given["output"])) else "fails"
    except BaseException as error:
        answer = "raise " + type(error).__name__[:80]
    os.write(3, answer.encode("utf-8", "replace"))
    # Nothing that it left running or registered must change how it ends.
    os._exit(0)


_ask()
