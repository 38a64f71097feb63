using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RewardServer.Compatibility.NemoGym;

/// <summary>
/// An answer of <c>/verify</c>: the members of the request as they came, token ids and log probabilities to the digit, and ours, which
/// stand for those of the same names.
/// </summary>
/// <param name="row">The request's members.</param>
/// <param name="ours">Our members.</param>
internal sealed class GymRow(IReadOnlyDictionary<string, JsonElement> row, JsonObject ours) : IResult
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

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
        foreach (var (name, value) in row.Where(member => !ours.ContainsKey(member.Key)))
        {
            writer.WritePropertyName(name);
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
}
