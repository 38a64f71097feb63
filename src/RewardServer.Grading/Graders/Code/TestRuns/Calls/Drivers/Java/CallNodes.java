import java.lang.reflect.*;
import java.util.*;

/** The nodes of linked lists and binary trees, by the names of their fields: val and next, val, left and right. */
final class CallNodes {
    private CallNodes() {
    }

    static boolean isList(Class<?> type) {
        return field(type, "val") != null && field(type, "next") != null && field(type, "next").getType() == type;
    }

    static boolean isNode(Class<?> type) {
        return isList(type) || (field(type, "val") != null && field(type, "left") != null && field(type, "left").getType() == type && field(type, "right") != null);
    }

    static Type valueType(Class<?> type) {
        return field(type, "val").getGenericType();
    }

    static Object toList(Class<?> type, List<Object> values) {
        Object head = null;
        for (int i = values.size() - 1; i >= 0; i--) {
            Object node = create(type, values.get(i));
            set(node, "next", head);
            head = node;
        }
        return head;
    }

    // Level by level, with null where a child is missing.
    static Object toTree(Class<?> type, List<Object> values) {
        if (values.isEmpty() || values.get(0) == null)
            return null;
        Deque<Object> nodes = new ArrayDeque<>();
        Object root = create(type, values.get(0));
        nodes.add(root);
        for (int i = 1; i < values.size(); i += 2) {
            Object parent = nodes.poll();
            if (parent == null)
                throw new CallJson.Missing("has a node without a parent");
            for (int child = i; child < Math.min(i + 2, values.size()); child++) {
                if (values.get(child) == null)
                    continue;
                Object node = create(type, values.get(child));
                set(parent, child == i ? "left" : "right", node);
                nodes.add(node);
            }
        }
        return root;
    }

    /** The values of a list or tree, none at the end that is null; no more than a number of them. */
    static List<Object> values(Object node, int most) {
        List<Object> values = new ArrayList<>();
        if (isList(node.getClass())) {
            for (Object next = node; next != null && values.size() <= most; next = get(next, "next"))
                values.add(get(next, "val"));
            return values;
        }
        Deque<Optional<Object>> nodes = new ArrayDeque<>();
        nodes.add(Optional.of(node));
        int end = 0;
        while (!nodes.isEmpty() && values.size() <= most) {
            Object next = nodes.poll().orElse(null);
            values.add(next == null ? null : get(next, "val"));
            if (next == null)
                continue;
            end = values.size();
            nodes.add(Optional.ofNullable(get(next, "left")));
            nodes.add(Optional.ofNullable(get(next, "right")));
        }
        return values.subList(0, values.size() > most ? values.size() : end);
    }

    private static Object create(Class<?> type, Object value) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructors()[0];
            for (Constructor<?> one : type.getDeclaredConstructors())
                if (one.getParameterCount() < constructor.getParameterCount())
                    constructor = one;
            constructor.setAccessible(true);
            Object[] arguments = new Object[constructor.getParameterCount()];
            for (int i = 0; i < arguments.length; i++)
                arguments[i] = constructor.getParameterTypes()[i].isPrimitive() ? value : null;
            Object node = constructor.newInstance(arguments);
            set(node, "val", value);
            return node;
        } catch (ReflectiveOperationException | IllegalArgumentException wrong) {
            throw new CallJson.Missing("cannot be a " + type.getSimpleName());
        }
    }

    private static Field field(Class<?> type, String name) {
        try {
            Field field = type.getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException | RuntimeException none) {
            return null;
        }
    }

    private static Object get(Object node, String name) {
        try {
            return field(node.getClass(), name).get(node);
        } catch (IllegalAccessException closed) {
            throw new IllegalStateException(closed);
        }
    }

    private static void set(Object node, String name, Object value) {
        try {
            field(node.getClass(), name).set(node, value);
        } catch (IllegalAccessException closed) {
            throw new IllegalStateException(closed);
        }
    }
}
