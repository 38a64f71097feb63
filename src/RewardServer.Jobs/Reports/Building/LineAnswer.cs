using System.Text.Json;

namespace RewardServer.Jobs.Reports.Building;

/// <summary>The answer of a completion, by which a majority is found.</summary>
internal static class LineAnswer
{
    /// <summary>Whether answers of this kind of task can be equal: those of programs are not.</summary>
    public static bool Votes(JsonElement accuracy)
    {
        var details = accuracy.Member("details");
        return details.Member("extracted").ValueKind != JsonValueKind.Undefined && details.Member("tests").ValueKind == JsonValueKind.Undefined;
    }

    /// <summary>As it was read, where it was; else as it stood. Without white space.</summary>
    public static string? Of(JsonElement accuracy)
    {
        var details = accuracy.Member("details");
        var prediction = details.Member("prediction");
        var text = prediction.Text("plain") ?? prediction.Text("latex") ?? details.Text("prediction") ?? details.Text("read") ?? details.Text("extracted");
        return text is null ? null : string.Concat(text.Where(character => !char.IsWhiteSpace(character)));
    }
}
