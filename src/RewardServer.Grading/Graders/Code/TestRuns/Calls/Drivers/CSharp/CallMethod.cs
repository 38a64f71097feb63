#nullable disable
namespace RewardServerCall
{
    using global::System;
    using global::System.Collections.Generic;
    using global::System.Linq;
    using global::System.Reflection;
    using global::System.Runtime.CompilerServices;

    /// <summary>
    /// The candidate's method: of the class that is named; else of <c>Solution</c>; else a static method of any class or a
    /// local function of top-level statements; else a method of any class. Names in another case than asked for come last.
    /// </summary>
    internal sealed class CallMethod
    {
        private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        private static readonly Type[] Arguments = { typeof(int), typeof(long), typeof(double), typeof(string), typeof(bool), typeof(object) };

        private readonly string name;
        private readonly List<MethodInfo> methods;

        public CallMethod(string type, string method)
        {
            name = method;
            var types = typeof(CallMethod).Assembly.GetTypes().Where(one => one.Namespace is not (nameof(RewardServerCall) or nameof(RewardServerDriver))).ToList();
            methods = InOrder(types, type, method, StringComparison.Ordinal);
            if (methods.Count == 0)
                methods = InOrder(types, type, method, StringComparison.OrdinalIgnoreCase);
            if (methods.Count == 0)
                throw new Missing("the program has no method '" + (type.Length > 0 ? type + "." : "") + method + "'");
        }

        public object Invoke(byte[] input, int start)
        {
            Missing first = null;
            foreach (var method in methods.SelectMany(Closed))
            {
                object[] arguments;
                try
                {
                    arguments = Read(new CallReader(input, start), method.GetParameters());
                }
                catch (Missing missing)
                {
                    first = first ?? missing;
                    continue;
                }

                var target = method.IsStatic ? null : New(method.ReflectedType);
                var result = method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null);

                // What returns nothing has changed its first argument in place.
                var changed = method.ReturnType == typeof(void) && arguments.Length > 0
                    && (method.GetParameters()[0].ParameterType.IsByRef || !(arguments[0] is ValueType || arguments[0] is string));
                return changed ? arguments[0] : result;
            }

            throw first ?? new Missing("'" + name + "' cannot be called");
        }

        private static List<MethodInfo> InOrder(List<Type> types, string type, string method, StringComparison comparison)
        {
            bool IsOne(MethodInfo one) => !one.IsAbstract && (one.Name.Equals(method, comparison)
                || (one.Name.StartsWith("<", StringComparison.Ordinal) && one.Name.IndexOf(">g__" + method + "|", comparison) > 0));
            List<MethodInfo> Of(IEnumerable<Type> some) => some.SelectMany(one => one.GetMethods(All)).Where(IsOne).ToList();
            if (type.Length > 0)
                return Of(types.Where(one => one.Name == type));
            var inSolution = Of(types.Where(one => one.Name == "Solution"));
            if (inSolution.Count > 0)
                return inSolution;
            var all = Of(types);
            return all.OrderBy(one => one.IsStatic ? 0 : 1).ToList();
        }

        // The arguments of a generic method's types are tried; nothing tells them.
        private static IEnumerable<MethodInfo> Closed(MethodInfo method)
        {
            if (!method.ContainsGenericParameters)
                return new[] { method };
            if (!method.IsGenericMethodDefinition || method.ReflectedType.ContainsGenericParameters)
                return Array.Empty<MethodInfo>();
            var count = method.GetGenericArguments().Length;
            return Arguments.Select(type => Close(method, Enumerable.Repeat(type, count).ToArray())).Where(one => one != null);
        }

        private static MethodInfo Close(MethodInfo method, Type[] types)
        {
            try
            {
                return method.MakeGenericMethod(types);
            }
            catch (ArgumentException)
            {
                return null;
            }
        }

        private object[] Read(CallReader reader, ParameterInfo[] parameters)
        {
            var arguments = new object[parameters.Length];
            var count = 0;
            reader.Items("list", () =>
            {
                if (count == parameters.Length)
                    throw new Missing("'" + name + "' takes " + parameters.Length + " arguments, and more are given");
                var type = parameters[count].ParameterType;
                try
                {
                    arguments[count++] = reader.Read(type.IsByRef ? type.GetElementType() : type);
                }
                catch (Missing missing)
                {
                    throw new Missing("argument " + count + " " + missing.Message);
                }
            });
            for (; count < parameters.Length; count++)
            {
                if (!parameters[count].IsOptional)
                    throw new Missing("'" + name + "' takes " + parameters.Length + " arguments, and fewer are given");
                arguments[count] = Type.Missing;
            }

            return arguments;
        }

        private static object New(Type type) =>
            type.GetConstructor(All, null, Type.EmptyTypes, null) is { } constructor ? constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, null, null)
                : type.IsValueType ? Activator.CreateInstance(type)
                : type.IsAbstract ? throw new Missing("there is no object of class '" + type.Name + "' to call")
                : RuntimeHelpers.GetUninitializedObject(type);
    }
}
