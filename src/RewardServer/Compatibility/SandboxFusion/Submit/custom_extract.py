"""Runs a caller's logic that finds programs in a completion, and leaves what it found in blocks.json.

A logic that cannot run is the caller's fault; what goes wrong over this completion is not.
"""
import ast
import json
import re
import sys

LOGIC = "<custom_extract_logic>"
NAMES = {
    "python": "python py python3", "cpp": "cpp c++", "c": "c", "nodejs": "nodejs js", "javascript": "javascript", "typescript": "typescript ts",
    "go": "go golang", "java": "java", "csharp": "csharp c# cs", "bash": "bash sh shell", "rust": "rust rs", "sql": "sql", "php": "php",
    "julia": "julia jl", "lua": "lua", "perl": "perl", "R": "r", "ruby": "ruby", "scala": "scala", "kotlin": "kotlin", "D": "d",
    "html": "html", "verilog": "verilog", "racket": "racket", "swift": "swift",
}
LANGUAGES = {word: name for name, words in NAMES.items() for word in words.split()}


class CodeBlock:
    """A program: the one of the highest priority counts."""

    def __init__(self, priority, language, code):
        if not isinstance(language, str) or not isinstance(code, str):
            raise TypeError("CodeBlock: language and code must be texts")
        self.priority = min(max(int(priority), -10**9), 10**9)
        self.language, self.code = language, code

    def __repr__(self):
        return "CodeBlock(priority=%r, language=%r, code=%r)" % (self.priority, self.language, self.code)


def extract_fenced_code(completion):
    """The fenced blocks that are closed."""
    blocks, language, lines = [], None, []
    for line in completion.split("\n"):
        fence = line.find("```")
        if language is None:
            if fence >= 0:
                language, lines = LANGUAGES.get(line[fence + 3:].strip().lower(), ""), []
        elif line.lstrip().startswith("```"):
            blocks.append(CodeBlock(30, language, "\n".join(lines)))
            language = None
        else:
            lines.append(line)
    return blocks


def extract_heuristic_code(completion, language=""):
    """What looks like a program outside of fences: Python's functions and classes, SQL's queries, all of bash."""
    lines = [line for line in completion.split("\n") if line.strip()]
    if language == "bash":
        return [CodeBlock(10, language, "\n".join(lines) + "\n")]
    if language == "sql":
        return [CodeBlock(10, language, found) for found in re.findall(r"(?im)^[ \t]*(?:select\b|with\b)[^;]*", "\n".join(lines))]
    return [CodeBlock(10, language, code) for code in definitions(lines)] if language == "python" else []


def definitions(lines):
    found, before, body = [], [], None
    for line in lines + [""]:
        if body is not None and line[:1].isspace():
            body.append(line)
            continue
        if body:
            found.append("\n".join(body) + "\n")
            body, before = None, []
        if re.match(r"(def|class) ", line):
            body = before + [line]
        elif re.match(r"import |from |#|@", line):
            before.append(line)
        else:
            before = []
    return found


def fault_of(error, logic):
    """Whether the error may be the logic's own, and not of this completion: a name that it binds nowhere, or a module that is not there."""
    trace, last = error.__traceback__, None
    while trace is not None:
        last, trace = trace, trace.tb_next
    if last.tb_frame.f_code.co_filename != LOGIC:
        return False
    return isinstance(error, ImportError) or isinstance(error, NameError) and not binds(logic, error)


def binds(logic, error):
    """Whether the logic binds the name that was not there: then it is this completion that left it unbound."""
    name = re.search("'(.*?)'", str(error))
    for node in ast.walk(ast.parse(logic)) if name else ():
        bound = [getattr(node, "name", None), getattr(node, "asname", None), getattr(node, "rest", None)]
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            bound.append(node.id)
        elif isinstance(node, ast.arg):
            bound.append(node.arg)
        elif isinstance(node, ast.alias):
            bound.append(node.name.split(".")[0])
        if name.group(1) in bound or "*" in bound:
            return True
    return False


def main():
    job = json.load(sys.stdin)
    blocks = []

    def submit_code_blocks(found):
        for block in found:
            if not isinstance(block, CodeBlock):
                raise TypeError("submit_code_blocks takes a list of CodeBlock")
            blocks.append({"priority": block.priority, "language": block.language, "code": block.code})

    try:
        logic = compile(job["logic"], LOGIC, "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        return {"fault": "does not compile: %s" % error}
    try:
        exec(logic, {
            "CodeBlock": CodeBlock, "completion": job["completion"], "submit_code_blocks": submit_code_blocks,
            "extract_fenced_code": extract_fenced_code, "extract_heuristic_code": extract_heuristic_code,
        })
    except BaseException as error:
        told = "%s: %s" % (type(error).__name__, error)
        return {"fault": "raises " + told} if fault_of(error, job["logic"]) else {"raised": told[:500]}
    return {"blocks": blocks}


found = main()
with open("blocks.json", "w") as file:
    json.dump(found, file)
