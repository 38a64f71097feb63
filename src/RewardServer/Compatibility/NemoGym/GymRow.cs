using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RewardServer.Compatibility.NemoGym;

/// <summary>
/// An answer of <c>/verify</c>: the members of the request as they came, token ids and log probabilities to the digit, and ours, which
/// stand for those of the same names. What an earlier answer left in it does not come back: a row that was masked once is sent again to be judged anew.
/// </summary>
/// <param name="row">The request's members.</param>
/// <param name="ours">Our members.</param>
internal sealed class GymRow(IReadOnlyDictionary<string, JsonElement> row, JsonObject ours) : IResult
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const string Mask = "mask_sample", Instance = "instance_config";

    private static readonly FrozenSet<string> Stale =
        FrozenSet.Create(StringComparer.Ordinal, "reward", "reward_components", "_ng_failure_class", "_ng_failure_terminal", "failure_reason", Mask);

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json";
        await using (var writer = new Utf8JsonWriter(httpContext.Response.BodyWriter, Options))
        {
            Write(writer);
        }

        await httpContext.Response.BodyWriter.FlushAsync(httpContext.RequestAborted);
    }

    private void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in row.Where(member => !ours.ContainsKey(member.Key) && !Stale.Contains(member.Key)))
        {
            writer.WritePropertyName(name);
            if (name == Instance && value.ValueKind == JsonValueKind.Object && value.TryGetProperty(Mask, out _))
            {
                WriteWithoutMask(writer, value);
                continue;
            }

            // Value by value its texts would be decoded, and half a character thrown at.
            writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
        }

        foreach (var (name, value) in ours)
        {
            writer.WritePropertyName(name);
            if (value is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                value.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteWithoutMask(Utf8JsonWriter writer, JsonElement instance)
    {
        writer.WriteStartObject();
        foreach (var member in instance.EnumerateObject().Where(member => !member.NameEquals(Mask)))
        {
            writer.WritePropertyName(member.Name);
            writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(member.Value), skipInputValidation: true);
        }

        writer.WriteEndObject();
    }
}
