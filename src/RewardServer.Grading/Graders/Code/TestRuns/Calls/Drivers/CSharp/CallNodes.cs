#nullable disable
namespace RewardServerCall
{
    using global::System;
    using global::System.Collections.Generic;
    using global::System.Reflection;
    using global::System.Runtime.CompilerServices;

    /// <summary>The nodes of linked lists and binary trees, by the names of their members: val and next, val, left and right.</summary>
    internal static class CallNodes
    {
        private const BindingFlags Own = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.IgnoreCase;

        public static bool IsList(Type type) => type.IsClass && MemberType(type, "next") == type && TypeOf(type) != null;

        public static bool IsTree(Type type) => type.IsClass && MemberType(type, "left") == type && MemberType(type, "right") == type && TypeOf(type) != null;

        public static Type TypeOf(Type type) => MemberType(type, "val") ?? MemberType(type, "value");

        public static object ToList(Type type, List<object> values)
        {
            object head = null;
            for (var i = values.Count - 1; i >= 0; i--)
            {
                var node = New(type, values[i]);
                Set(node, "next", head);
                head = node;
            }

            return head;
        }

        // Level by level, with null where a child is missing.
        public static object ToTree(Type type, List<object> values)
        {
            if (values.Count == 0 || values[0] == null)
                return null;
            var nodes = new Queue<object>();
            var root = New(type, values[0]);
            nodes.Enqueue(root);
            for (var i = 1; i < values.Count; i += 2)
            {
                if (!nodes.TryDequeue(out var parent))
                    throw new Missing("has a node without a parent");
                for (var child = i; child < Math.Min(i + 2, values.Count); child++)
                {
                    if (values[child] == null)
                        continue;
                    var node = New(type, values[child]);
                    Set(parent, child == i ? "left" : "right", node);
                    nodes.Enqueue(node);
                }
            }

            return root;
        }

        /// <summary>The values of a list or tree, none at the end that is null.</summary>
        public static IEnumerable<object> Values(object node)
        {
            if (IsList(node.GetType()))
            {
                for (; node != null; node = Get(node, "next"))
                    yield return Value(node);
                yield break;
            }

            var missing = 0;
            var nodes = new Queue<object>();
            nodes.Enqueue(node);
            while (nodes.TryDequeue(out var next))
            {
                if (next == null)
                {
                    missing++;
                    continue;
                }

                for (; missing > 0; missing--)
                    yield return null;
                yield return Value(next);
                nodes.Enqueue(Get(next, "left"));
                nodes.Enqueue(Get(next, "right"));
            }
        }

        private static object New(Type type, object value)
        {
            var node = RuntimeHelpers.GetUninitializedObject(type);
            Set(node, MemberType(type, "val") == null ? "value" : "val", value);
            return node;
        }

        private static object Value(object node) => Get(node, MemberType(node.GetType(), "val") == null ? "value" : "val");

        private static Type MemberType(Type type, string name) => type.GetField(name, Own)?.FieldType ?? type.GetProperty(name, Own)?.PropertyType;

        private static object Get(object node, string name) =>
            node.GetType().GetField(name, Own) is { } field ? field.GetValue(node) : node.GetType().GetProperty(name, Own).GetValue(node);

        private static void Set(object node, string name, object value)
        {
            if (node.GetType().GetField(name, Own) is { } field)
                field.SetValue(node, value);
            else
                node.GetType().GetProperty(name, Own).SetValue(node, value);
        }
    }
}
