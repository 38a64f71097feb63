#nullable disable
namespace RewardServerCall
{
    using global::System;
    using global::System.Collections;
    using global::System.Collections.Generic;
    using global::System.Globalization;
    using global::System.Linq;
    using global::System.Numerics;
    using global::System.Reflection;
    using global::System.Runtime.CompilerServices;

    internal sealed partial class CallReader
    {
        private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public;

        /// <summary>The next value as one of a type.</summary>
        /// <exception cref="Missing">It cannot be one.</exception>
        public object Read(Type type)
        {
            switch (Type.GetTypeCode(type))
            {
                case TypeCode.Boolean: return Word("true") || (Word("false") ? false : throw new Missing("is no bool"));
                case TypeCode.Int32 when !type.IsEnum: return (int)Integer(int.MinValue, int.MaxValue, "int");
                case TypeCode.Int64 when !type.IsEnum: return Integer(long.MinValue, long.MaxValue, "long");
                case TypeCode.Double: return Float();
                case TypeCode.String: return Word("null") ? null : String();
                case TypeCode.Char: return String() is { Length: 1 } one ? one[0] : throw new Missing("is no single char");
                case TypeCode.Int16 when !type.IsEnum: return (short)Integer(short.MinValue, short.MaxValue, "short");
                case TypeCode.Byte when !type.IsEnum: return (byte)Integer(0, byte.MaxValue, "byte");
                case TypeCode.SByte when !type.IsEnum: return (sbyte)Integer(sbyte.MinValue, sbyte.MaxValue, "sbyte");
                case TypeCode.UInt16 when !type.IsEnum: return (ushort)Integer(0, ushort.MaxValue, "ushort");
                case TypeCode.UInt32 when !type.IsEnum: return (uint)Integer(0, uint.MaxValue, "uint");
                case TypeCode.UInt64 when !type.IsEnum: return (ulong)Within(BigInteger.Zero, ulong.MaxValue, "ulong");
                case TypeCode.Single: return (float)Float();
                case TypeCode.Decimal: return decimal.TryParse(Number("number"), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw new Missing("is too large for decimal");
            }

            return ReadOther(type);
        }

        private object ReadOther(Type type)
        {
            if (type == typeof(object))
                return Natural();
            if (type == typeof(BigInteger))
                return Whole();
            if (type == typeof(Int128))
                return (Int128)Within((BigInteger)Int128.MinValue, (BigInteger)Int128.MaxValue, "Int128");
            if (type == typeof(UInt128))
                return (UInt128)Within(BigInteger.Zero, (BigInteger)UInt128.MaxValue, "UInt128");
            if (type == typeof(Complex))
                return ReadComplex();
            if (Nullable.GetUnderlyingType(type) is { } inner)
                return Word("null") ? null : Read(inner);
            if (!type.IsValueType && !IsNode(type) && Word("null"))
                return null;
            if (type == typeof(byte[]) && Special("$bytes"))
            {
                var bytes = Convert.FromBase64String(String());
                Need('}', "bytes");
                return bytes;
            }

            return type.IsArray && type.GetArrayRank() == 2 ? Grid(type.GetElementType())
                : type.IsArray ? Generic(nameof(ReadArray), type.GetElementType())
                : typeof(ITuple).IsAssignableFrom(type) && type.IsGenericType ? ReadTuple(type)
                : IsNode(type) ? ReadNodes(type)
                : Interface(type, typeof(IDictionary<,>)) is { } map ? ReadMap(type, map.GetGenericArguments())
                : Interface(type, typeof(IReadOnlyDictionary<,>)) is { } readOnly ? ReadMap(type, readOnly.GetGenericArguments())
                : Interface(type, typeof(IEnumerable<>)) is { } list ? ReadCollection(type, list.GetGenericArguments()[0])
                : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>) ? ReadTuple(type)
                : throw new Missing("cannot be a " + type.Name);
        }

        private object ReadNodes(Type type)
        {
            if (Word("null"))
                return null;
            var values = new List<object>();
            var value = CallNodes.TypeOf(type);
            Items("list", () => values.Add(Word("null") ? null : Read(value)));
            return CallNodes.IsList(type) ? CallNodes.ToList(type, values) : CallNodes.ToTree(type, values);
        }

        private static bool IsNode(Type type) => CallNodes.IsList(type) || CallNodes.IsTree(type);

        private static Type Interface(Type type, Type wanted) =>
            type.GetInterfaces().Append(type).FirstOrDefault(one => one.IsGenericType && one.GetGenericTypeDefinition() == wanted);

        private object Generic(string method, params Type[] types) =>
            typeof(CallReader).GetMethod(method, Own).MakeGenericMethod(types).Invoke(this, BindingFlags.DoNotWrapExceptions, null, null, null);

        private T[] ReadArray<T>() => ReadList<T>().ToArray();

        // Of a list, a tuple or a set alike: what they are put into says what they are.
        private List<T> ReadList<T>()
        {
            var list = new List<T>();
            var wrapped = Peek() == '{' && (Special("$tuple") || Special("$set") || Special("$frozenset"));
            var type = typeof(T);
            Items("list", () => list.Add(
                type == typeof(int) ? (T)(object)(int)Integer(int.MinValue, int.MaxValue, "int")
                : type == typeof(double) ? (T)(object)Float()
                : (T)Read(type)));
            if (wrapped)
                Need('}', "list");
            return list;
        }

        // One with a constructor of its own kind takes a list: stacks, queues, sets, linked lists.
        private object ReadCollection(Type type, Type item)
        {
            var list = Generic(nameof(ReadList), item);
            if (type.IsInstanceOfType(list))
                return list;
            var made = type.IsInterface ? typeof(HashSet<>).MakeGenericType(item) : type;
            if (!type.IsAssignableFrom(made))
                throw new Missing("cannot be a " + type.Name);
            var constructor = made.GetConstructor(new[] { typeof(IEnumerable<>).MakeGenericType(item) }) ?? throw new Missing("cannot be a " + type.Name);
            return constructor.Invoke(new[] { list });
        }

        private object ReadMap(Type type, Type[] types)
        {
            var made = type.IsInterface ? typeof(Dictionary<,>).MakeGenericType(types) : type;
            var map = Activator.CreateInstance(made) as IDictionary ?? throw new Missing("cannot be a " + type.Name);
            if (Special("$dict"))
            {
                Items("dictionary", () =>
                {
                    Need('[', "dictionary");
                    var key = Read(types[0]);
                    Need(',', "dictionary");
                    map[key] = Read(types[1]);
                    Need(']', "dictionary");
                });
                Need('}', "dictionary");
                return map;
            }

            var escaped = Special("$escape");
            Need('{', "dictionary");
            if (!Accept('}'))
            {
                do
                {
                    var key = Key(types[0]);
                    Need(':', "dictionary");
                    map[key] = Read(types[1]);
                }
                while (Accept(','));
                Need('}', "dictionary");
            }

            if (escaped)
                Need('}', "dictionary");
            return map;
        }

        // JSON's own objects have texts for keys: a number's is read as it.
        private object Key(Type type) => type == typeof(string) || type == typeof(char) || type == typeof(object)
            ? Read(type)
            : new CallReader(global::System.Text.Encoding.UTF8.GetBytes(String()), 0).Read(type);

        private object ReadTuple(Type type)
        {
            var wrapped = Special("$tuple");
            Need('[', "tuple");
            var types = type.GetGenericArguments();
            var items = new object[types.Length];
            for (var i = 0; i < types.Length; i++)
            {
                if (i > 0)
                    Need(',', "tuple of " + types.Length);
                items[i] = Read(types[i]);
            }

            Need(']', "tuple of " + types.Length);
            if (wrapped)
                Need('}', "tuple");
            return Activator.CreateInstance(type, items);
        }

        private Array Grid(Type item)
        {
            var rows = (IList)Generic(nameof(ReadList), item.MakeArrayType());
            var grid = Array.CreateInstance(item, rows.Count, rows.Count == 0 ? 0 : ((Array)rows[0]).Length);
            for (var row = 0; row < rows.Count; row++)
            {
                var values = (Array)rows[row];
                if (values.Length != grid.GetLength(1))
                    throw new Missing("has rows of different lengths");
                for (var column = 0; column < values.Length; column++)
                    grid.SetValue(values.GetValue(column), row, column);
            }

            return grid;
        }

        private Complex ReadComplex()
        {
            if (!Special("$complex"))
                return Float();
            Need('[', "complex number");
            var real = Float();
            Need(',', "complex number");
            var imaginary = Float();
            Need(']', "complex number");
            Need('}', "complex number");
            return new Complex(real, imaginary);
        }

        private BigInteger Whole() => BigInteger.TryParse(Number("integer"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : throw new Missing("is no integer");

        private BigInteger Within(BigInteger least, BigInteger most, string type) =>
            Whole() is var whole && whole >= least && whole <= most ? whole : throw new Missing("is too large for " + type);

        // What a value is where the type says nothing.
        private object Natural()
        {
            switch ((char)Peek())
            {
                case 'n' when Word("null"): return null;
                case 't' when Word("true"): return true;
                case 'f' when Word("false"): return false;
                case '"': return String();
                case '[': return ReadList<object>();
                case '{': return Read(NaturalObject());
            }

            var number = Number("value");
            return number.AsSpan().IndexOfAny('.', 'e', 'E') >= 0 ? double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture)
                : int.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var small) ? small
                : long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var large) ? large
                : BigInteger.Parse(number, CultureInfo.InvariantCulture);
        }

        private Type NaturalObject()
        {
            var before = at;
            var type = Special("$float") ? typeof(double)
                : Special("$complex") ? typeof(Complex)
                : Special("$bytes") ? typeof(byte[])
                : Special("$tuple") || Special("$set") || Special("$frozenset") ? typeof(List<object>)
                : Special("$dict") ? typeof(Dictionary<object, object>)
                : typeof(Dictionary<string, object>);
            at = before;
            return type;
        }
    }
}
