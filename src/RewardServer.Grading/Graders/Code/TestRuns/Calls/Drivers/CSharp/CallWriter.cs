#nullable disable
namespace RewardServerCall
{
    using global::System;
    using global::System.Collections;
    using global::System.Collections.Generic;
    using global::System.Globalization;
    using global::System.Linq;
    using global::System.Numerics;
    using global::System.Runtime.CompilerServices;
    using global::System.Text;

    /// <summary>Writes a result's form, by the type that it has.</summary>
    internal sealed class CallWriter
    {
        private const int MostValues = 2_000_000, Deepest = 200, MostLetters = 64 << 20;
        private readonly StringBuilder text = new StringBuilder();
        private int values;

        public override string ToString() => text.ToString();

        public void Add(string some) => text.Append(some);

        public void Write(object value, int depth)
        {
            if (++values > MostValues || text.Length > MostLetters)
                throw new TooLarge();
            if (depth > Deepest)
                throw new Cannot("the result is nested more than " + Deepest + " deep, or holds itself");
            switch (value)
            {
                case null: Add("null"); break;
                case bool yes: Add(yes ? "true" : "false"); break;
                case Enum: throw Unknown(value, depth);
                case int number: text.Append(number); break;
                case long or short or byte or sbyte or ushort or uint or ulong or nint or nuint or BigInteger or Int128 or UInt128: Add(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)); break;
                case double number: Float(number, number.ToString("R", CultureInfo.InvariantCulture)); break;
                case float number: Float(number, number.ToString("R", CultureInfo.InvariantCulture)); break;
                case Half number: Float((double)number, number.ToString("R", CultureInfo.InvariantCulture)); break;
                case decimal number: Float(0, number.ToString(CultureInfo.InvariantCulture)); break;
                case string some: Text(some); break;
                case char letter: Text(letter.ToString()); break;
                case StringBuilder builder: Text(builder.ToString()); break;
                case byte[] bytes: Add("{\"$bytes\":\"" + Convert.ToBase64String(bytes) + "\"}"); break;
                case Complex number: WriteAll("{\"$complex\":[", new object[] { number.Real, number.Imaginary }, "]}", depth); break;
                case ITuple tuple: WriteAll("{\"$tuple\":[", Enumerable.Range(0, tuple.Length).Select(i => tuple[i]), "]}", depth); break;
                case int[] numbers: WriteNumbers(numbers); break;
                case List<int> numbers: WriteNumbers(numbers); break;
                case IDictionary map: WriteMap(map.Keys.Cast<object>().Zip(map.Values.Cast<object>()).ToList(), depth); break;
                case Array { Rank: > 1 } grid: WriteGrid(grid, new int[grid.Rank], 0, depth); break;
                default: WriteOther(value, depth); break;
            }
        }

        public void Text(string some)
        {
            text.Append('"');
            var from = 0;
            for (var i = 0; i < some.Length; i++)
            {
                var letter = some[i];
                if (letter >= ' ' && letter != '"' && letter != '\\' && !char.IsSurrogate(letter))
                    continue;
                text.Append(some, from, i - from).Append("\\u").Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture));
                from = i + 1;
            }

            text.Append(some, from, some.Length - from).Append('"');
        }

        private void WriteOther(object value, int depth)
        {
            var type = value.GetType();
            var interfaces = type.GetInterfaces().Where(one => one.IsGenericType).ToList();
            var generic = interfaces.Select(one => one.GetGenericTypeDefinition()).ToList();
            if (generic.Contains(typeof(IReadOnlyDictionary<,>)) || generic.Contains(typeof(IDictionary<,>)))
                WriteMap(((IEnumerable)value).Cast<object>().Select(pair => (Part(pair, "Key"), Part(pair, "Value"))).ToList(), depth);
            else if (generic.Contains(typeof(ISet<>)) || generic.Contains(typeof(IReadOnlySet<>)))
                WriteAll("{\"$set\":[", ((IEnumerable)value).Cast<object>(), "]}", depth);
            else if (value is IEnumerable all)
                WriteAll("[", all.Cast<object>(), "]", depth);
            else if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>))
                WriteAll("{\"$tuple\":[", new[] { Part(value, "Key"), Part(value, "Value") }, "]}", depth);
            else if (CallNodes.IsList(type) || CallNodes.IsTree(type))
                WriteAll("[", CallNodes.Values(value), "]", depth);
            else
                throw Unknown(value, depth);
        }

        private static object Part(object pair, string name) => pair.GetType().GetProperty(name).GetValue(pair);

        private static Cannot Unknown(object value, int depth) => new Cannot("the result " + (depth > 0 ? "holds a " : "is a ") + value.GetType().Name + ", which is no value that can be compared");

        private void Float(double number, string shown)
        {
            if (double.IsFinite(number))
                Add(shown.AsSpan().IndexOfAny('.', 'E', 'e') < 0 ? shown + ".0" : shown);
            else
                Add("{\"$float\":\"" + (double.IsNaN(number) ? "nan" : number > 0 ? "inf" : "-inf") + "\"}");
        }

        private void WriteNumbers(IList<int> numbers)
        {
            if ((values += numbers.Count) > MostValues)
                throw new TooLarge();
            text.Append('[');
            for (var i = 0; i < numbers.Count; i++)
                text.Append(i > 0 ? "," : "").Append(numbers[i]);
            text.Append(']');
        }

        private void WriteAll(string start, IEnumerable<object> items, string end, int depth)
        {
            Add(start);
            var separator = "";
            foreach (var item in items)
            {
                Add(separator);
                Write(item, depth + 1);
                separator = ",";
            }

            Add(end);
        }

        private void WriteGrid(Array grid, int[] place, int dimension, int depth)
        {
            if (dimension == grid.Rank)
            {
                Write(grid.GetValue(place), depth);
                return;
            }

            Add("[");
            for (var i = 0; i < grid.GetLength(dimension); i++)
            {
                Add(i > 0 ? "," : "");
                place[dimension] = i;
                WriteGrid(grid, place, dimension + 1, depth + 1);
            }

            Add("]");
        }

        private void WriteMap(List<(object Key, object Value)> entries, int depth)
        {
            var plain = entries.All(entry => entry.Key is string or char);
            var escaped = plain && entries.Any(entry => entry.Key.ToString().StartsWith('$'));
            Add(!plain ? "{\"$dict\":[" : escaped ? "{\"$escape\":{" : "{");
            var separator = "";
            foreach (var (key, value) in entries)
            {
                Add(separator + (plain ? "" : "["));
                Write(key, depth + 1);
                Add(plain ? ":" : ",");
                Write(value, depth + 1);
                Add(plain ? "" : "]");
                separator = ",";
            }

            Add(!plain ? "]}" : escaped ? "}}" : "}");
        }
    }
}
