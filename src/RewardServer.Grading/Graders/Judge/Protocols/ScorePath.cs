using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using RewardServer.Grading.Graders.Judge.Asking;

namespace RewardServer.Grading.Graders.Judge.Protocols;

/// <summary>The place of a value in JSON: names parted by points, and indexes in brackets, of which negative ones count from the end.</summary>
internal sealed class ScorePath
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    private static readonly Regex Whole = new(@"^[A-Za-z_][A-Za-z0-9_-]*(\.[A-Za-z_][A-Za-z0-9_-]*|\[-?[0-9]{1,6}\])*$", Options);
    private static readonly Regex Step = new(@"[A-Za-z_][A-Za-z0-9_-]*|-?[0-9]{1,6}", Options);

    private readonly string[] steps;

    private ScorePath(string[] steps) => this.steps = steps;

    /// <summary>Reads a path; null where it is none.</summary>
    public static ScorePath? Parse(string text) => Whole.IsMatch(text) ? new([.. Step.Matches(text).Select(step => step.Value)]) : null;

    /// <summary>What stands there; undefined where there is nothing.</summary>
    public JsonElement Find(JsonElement root)
    {
        var at = root;
        foreach (var step in steps)
        {
            at = int.TryParse(step, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index) ? Element(at, index) : at.Member(step);
        }

        return at;
    }

    private static JsonElement Element(JsonElement array, int index)
    {
        var count = array.ValueKind == JsonValueKind.Array ? array.GetArrayLength() : 0;
        var place = index < 0 ? count + index : index;
        return place >= 0 && place < count ? array[place] : default;
    }
}
