class LeetCode:
    """What LeetCode gives every program: names that are imported already, and nodes that are made of arrays and shown as such."""

    def __init__(self, source):
        import re
        self.search = re.search
        self.kinds = {kind.__name__: kind for kind in (ListNode, TreeNode) if kind.__name__.encode() in source}
        self.names = dict(self.kinds)
        self.gives_node = False
        if re.search(rb"^class\s+Solution\b", source, re.MULTILINE):
            self.names.update(usual_names())

    def node_of(self, annotation):
        """Which of the nodes something is declared to be, and whether in a list; null for none."""
        text = annotation if type(annotation) is str else annotation.__name__ if isinstance(annotation, type) else repr(annotation)
        found = self.search(r"\b(ListNode|TreeNode)\b", text)
        return found and (found[1], self.search(r"^(typing\.)?([Ll]ist|Sequence|Iterable)\[", text) is not None)

    def take(self, called, arguments, names):
        """The arguments, of which those that are declared as nodes are made of arrays."""
        if not self.kinds:
            return arguments
        from inspect import signature
        self.kinds = {name: names.get(name, kind) for name, kind in self.kinds.items()}
        declared = signature(called)
        self.gives_node = bool(self.node_of(declared.return_annotation))
        return [self.make(value, parameter.annotation) for value, parameter in zip(arguments, declared.parameters.values())] + arguments[len(declared.parameters):]

    def make(self, value, annotation):
        name, in_list = self.node_of(annotation) or (None, False)
        if name not in self.kinds:
            return value
        build, kind = linked if name == "ListNode" else tree, self.kinds[name]
        return [build(one, kind) for one in value] if in_list else build(value, kind)

    def give(self, result):
        """The result; of a list or tree that is empty the array is, too."""
        return [] if result is None and self.gives_node else result

    def array_of(self, node):
        return list_of(node) if type(node) is self.kinds.get("ListNode") else rows_of(node)


class ListNode:
    def __init__(self, val=0, next=None):
        self.val, self.next = val, next


class TreeNode:
    def __init__(self, val=0, left=None, right=None):
        self.val, self.left, self.right = val, left, right


def linked(values, kind):
    head = None
    for value in reversed(values or []):
        node = kind(value)
        node.next, head = head, node
    return head


def tree(values, kind):
    """A tree of its rows, in which null stands for a child that is not there."""
    made = [None if value is None else kind(value) for value in values or []]
    children = iter(made[1:])
    for node in made:
        if node is not None:
            node.left, node.right = next(children, None), next(children, None)
    return made[0] if made else None


def list_of(node):
    found = []
    while node is not None and len(found) <= MOST_VALUES:
        found.append(node.val)
        node = node.next
    return found


def rows_of(root):
    found, row = [], [root]
    while any(one is not None for one in row) and len(found) <= MOST_VALUES:
        found += [None if one is None else one.val for one in row]
        row = [child for one in row if one is not None for child in (one.left, one.right)]
    while found and found[-1] is None:
        found.pop()
    return found


def usual_names():
    import bisect, collections, copy, datetime, functools, heapq, itertools, json, math, operator, random, re, string, typing
    names = {}
    modules = (string, re, datetime, collections, heapq, bisect, copy, math, random, itertools, functools, operator, typing)
    for module in modules:
        public = getattr(module, "__all__", None) or [name for name in vars(module) if name[0] != "_"]
        names.update((name, getattr(module, name)) for name in public)
    # "datetime", "copy" and "bisect" are what is in the modules, too: those come first, as they do there.
    for module in (*modules, json, sys):
        names.setdefault(module.__name__, module)
    return names


