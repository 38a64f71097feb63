using System.Text;
using FsCheck;
using FsCheck.Fluent;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Code.TestRuns.Calls.Values;

namespace RewardServer.Grading.Tests.Graders.Code.Calls;

public sealed class ValueTests
{
    private static readonly Gen<Value> Scalars = Gen.OneOf(
        Gen.Elements<Value>(new NullValue(), new BoolValue(true), new BoolValue(false), new BytesValue([0, 255]), new ObjectValue("decimal.Decimal", "1.50")),
        Gen.Elements("0", "1", "-7", "123456789012345678901234567890").Select(Value (digits) => new IntValue(digits)),
        Gen.Elements(0.0, -0.0, 1.0, 0.1, 1e300, -1e-300, 1e21, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon).Select(Value (number) => new FloatValue(number)),
        Gen.Elements(1.5, double.NaN).Select(Value (number) => new ComplexValue(number, -1)),
        Gen.Elements("", "a", "$a", "\"\\\n", "é😀", "\ud800", "\udc00x").Select(Value (text) => new TextValue(text)));

    private static readonly Gen<Value> Values = Gen.Sized(size => Nested(Math.Min(size / 20, 3)));

    private static Gen<Value> Nested(int depth) => depth == 0 ? Scalars : Gen.OneOf(
        Scalars,
        ListsOf(Nested(depth - 1)).Select(Value (items) => new SequenceValue(SequenceKind.List, [.. items])),
        ListsOf(Nested(depth - 1)).Select(Value (items) => new SequenceValue(SequenceKind.Tuple, [.. items])),
        ListsOf(Nested(depth - 1)).Select(Value (items) => new SequenceValue(SequenceKind.Set, [.. Different(items)])),
        ListsOf(Nested(depth - 1)).Select(Value (items) => new SequenceValue(SequenceKind.FrozenSet, [.. Different(items)])),
        ListsOf(Nested(depth - 1)).Select(Value (items) => new DictValue([.. Different(items).Select(item => KeyValuePair.Create(item, item))])));

    private static Gen<List<Value>> ListsOf(Gen<Value> items) => Gen.Choose(0, 4).SelectMany(count => items.ListOf(count)).Select(list => list.ToList());

    private static IEnumerable<Value> Different(IEnumerable<Value> items) => items.DistinctBy(item => ValueWriter.Write(item).Replace("-0.0", "0.0", StringComparison.Ordinal));

    private static void Holds<T>(Gen<T> values, Func<T, bool> property, int tests = 2000) =>
        Prop.ForAll(values.ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(tests).WithReplay(2026, 1123));

    [Fact]
    public void What_is_written_is_read_back() => Holds(Values, value => Read(ValueWriter.Write(value)) is { } read
        && ValueWriter.Write(read) == ValueWriter.Write(value) && Difference(new(), value, read) is null);

    [Fact]
    public void Values_are_equal_where_they_are_written_alike_and_only_there() => Holds(
        Values.SelectMany(a => Values.Select(b => (a, b))),
        pair => ValueWriter.Write(pair.a) == ValueWriter.Write(pair.b) ? AreEqual(pair.a, pair.b) : AreEqual(pair.a, pair.b) == AreEqual(pair.b, pair.a));

    [Fact]
    public void What_is_equal_strictly_is_equal_by_every_rule() => Holds(
        Values,
        value => new ComparisonRules[]
        {
            ComparisonRules.Of(TypeRule.Json, null, true), new() { AbsoluteTolerance = 1e-6 }, new() { Unordered = true }, new() { IgnoreCase = true },
            ComparisonRules.Of(TypeRule.Json, new() { Unordered = true, RelativeTolerance = 0.1, IgnoreCase = true }, false),
        }.All(rules => Difference(rules, value, Shuffled(value)) is null));

    [Fact]
    public void No_text_makes_the_reader_throw() => Holds(
        Gen.Elements("{", "}", "[", "]", ",", ":", "\"", "\"$set\":", "\"$tuple\":", "\"$dict\":", "{\"$float\":\"nan\"}", "\"$complex\":", "\"$bytes\":", "\"$object\":",
            "\"a\":", "1", "-", "1.5", "1e999", "null", "\"\\ud800\"", "\\", "\u0001", "é", " ").ListOf().Select(string.Concat),
        text => ValueReader.Read(Encoding.UTF8.GetBytes(text), out var error) is null == error is not null, 20_000);

    [Theory]
    [InlineData("", "is not JSON")]
    [InlineData("1 2", "is not JSON")]
    [InlineData("01", "is not JSON")]
    [InlineData("NaN", "is not JSON")]
    [InlineData("{\"a\":1,\"a\":2}", "holds a dict with a key twice")]
    [InlineData("{\"a\":1,\"\\u0061\":2}", "holds a dict with a key twice")]
    [InlineData("{\"$set\":[1,1]}", "holds a set with an element twice")]
    [InlineData("{\"$dict\":[[{\"$tuple\":[1]},1],[{\"$tuple\":[1]},2]]}", "holds a dict with a key twice")]
    [InlineData("{\"$dict\":[[1]]}", "holds a dict with an entry that is no pair")]
    [InlineData("{\"$tuple\":[1],\"a\":2}", "has a member beside '$tuple'")]
    [InlineData("{\"a\":1,\"$b\":2}", "holds a dict with the key '$b' without '$escape'")]
    [InlineData("{\"$b\":2}", "holds '$b', which is no form of a value")]
    [InlineData("{\"$bytes\":\"!\"}", "holds '$bytes' without base64")]
    [InlineData("{\"$complex\":[1]}", "holds '$complex' without two numbers")]
    [InlineData("1e999", "holds a number out of a float's range")]
    public void What_is_not_of_the_form_is_refused_in_words(string json, string expected)
    {
        Assert.Null(ValueReader.Read(Encoding.UTF8.GetBytes(json), out var error));
        Assert.Equal(expected, error);
    }

    [Fact]
    public void Depth_and_size_have_bounds()
    {
        Assert.NotNull(Read(new string('[', 200) + new string(']', 200)));
        Assert.Null(Read(new string('[', 100_000)));
        Assert.Null(Read($"[{string.Join(',', Enumerable.Repeat("0", ValueReader.MostValues))}]"));
        Assert.Null(ValueReader.Read([0x22, 0xff, 0x22], out var error));
        Assert.Equal("is not UTF-8", error);
    }

    private static Value Shuffled(Value value) => value switch
    {
        SequenceValue { IsSet: true } set => set with { Items = [.. set.Items.Reverse().Select(Shuffled)] },
        SequenceValue list => list with { Items = [.. list.Items.Select(Shuffled)] },
        DictValue dict => new DictValue([.. dict.Entries.Reverse()]),
        _ => value,
    };

    private static Value? Read(string json) => ValueReader.Read(Encoding.UTF8.GetBytes(json), out _);

    private static bool AreEqual(Value a, Value b) => Difference(new(), a, b) is null;

    private static string? Difference(ComparisonRules rules, Value expected, Value result) => new ValueComparison(rules).Difference(expected, result);
}
