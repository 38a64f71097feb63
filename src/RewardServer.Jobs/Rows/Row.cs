using System.Runtime.InteropServices;
using System.Text.Json;

namespace RewardServer.Jobs.Rows;

/// <summary>One row of a data set.</summary>
/// <param name="Number">Its number from 1: of the line it begins in, or of its place in an array.</param>
/// <param name="Fields">Its columns, a JSON object; undefined where it cannot be read.</param>
/// <param name="Error">Why it cannot be read; null where it can.</param>
public readonly record struct Row(long Number, JsonElement Fields, string? Error = null)
{
    /// <summary>About how many bytes it holds.</summary>
    public long Bytes => Fields.ValueKind == JsonValueKind.Undefined ? 0 : JsonMarshal.GetRawUtf8Value(Fields).Length;

    /// <summary>A row that cannot be read.</summary>
    public static Row Unreadable(long number, string error) => new(number, default, error);
}
