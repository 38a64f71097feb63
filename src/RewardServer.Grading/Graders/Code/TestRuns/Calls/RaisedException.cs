using System.Text;
using System.Text.RegularExpressions;
using RewardServer.Grading.Graders.Code.TestRuns.Calls.Values;

namespace RewardServer.Grading.Graders.Code.TestRuns.Calls;

/// <summary>An exception of the candidate's, as its driver described it.</summary>
/// <param name="Type">Its type's name, with what it stands in where that has a name: "decimal.InvalidOperation".</param>
/// <param name="Bases">The names of the types that it is derived from.</param>
/// <param name="Message">What it says.</param>
/// <param name="AtLoading">Whether it was raised before anything was called.</param>
internal sealed partial record RaisedException(string Type, IReadOnlyList<string> Bases, string Message, bool AtLoading)
{
    private const int LongestType = 100, LongestMessage = 200;

    /// <summary>Reads {"type", "bases", "message", "loading"?}; null where it is not that.</summary>
    public static RaisedException? Read(ReadOnlySpan<byte> json) =>
        ValueReader.Read(json, out _) is DictValue dict
            && Member(dict, "type") is TextValue type
            && Member(dict, "bases") is SequenceValue bases
            && Member(dict, "message") is TextValue message
            ? new(type.Text, [.. bases.Items.OfType<TextValue>().Select(name => name.Text)], message.Text, Member(dict, "loading") is BoolValue { IsTrue: true })
            : null;

    /// <summary>Whether it is of that type, named with or without what it stands in.</summary>
    public bool Is(string type) => Bases.Prepend(Type).Any(name => name == type || name.EndsWith($".{type}", StringComparison.Ordinal));

    /// <summary>Its type and message, for people.</summary>
    public override string ToString()
    {
        // Addresses differ from run to run.
        var message = Plain(Address().Replace(Shown.Head(Message, 2 * LongestMessage), "0x…"));
        var type = Plain(Shown.Head(Type[(Type.LastIndexOf('.') + 1)..], LongestType));
        return message.Length == 0 ? type : $"{type}: {Shown.Head(message, LongestMessage)}";
    }

    private static string Plain(string text) =>
        new([.. text.EnumerateRunes().SelectMany(rune => Rune.IsControl(rune) ? " " : rune.ToString())]);

    private static Value? Member(DictValue dict, string name) =>
        dict.Entries.FirstOrDefault(entry => entry.Key is TextValue key && key.Text == name).Value;

    [GeneratedRegex("0x[0-9a-fA-F]{6,}", RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
