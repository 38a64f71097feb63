using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using RewardServer.Grading.Completions;
using RewardServer.Http;

namespace RewardServer.Compatibility;

/// <summary>
/// Reads and writes the bodies of trainers' calls. Members that a protocol does not know are ignored, for trainers send more
/// with every version; what is needed and missing, or of the wrong kind, is told with its path.
/// </summary>
internal static class TrainerBody
{
    /// <summary>Member names are snake_case; numbers may stand in strings; NaN and Infinity never come out.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Reads a body of any content type as JSON: some clients send none, and Origin headers are checked before.</summary>
    /// <returns>The value, or the problem to answer with.</returns>
    /// <exception cref="BadHttpRequestException">The body is too large or broke off; answered by <see cref="Problems"/>.</exception>
    public static async Task<(T? Value, IResult? Problem)> ReadAsync<T>(HttpContext http)
        where T : class
    {
        try
        {
            var value = await JsonSerializer.DeserializeAsync<T>(http.Request.Body, Options, http.RequestAborted);
            return value is null ? (null, Problems.Invalid("", "the body must be a JSON object")) : (value, null);
        }
        catch (Exception exception) when (JsonFault.From(exception) is { } fault)
        {
            return (null, Problems.Invalid(fault));
        }
    }

    /// <summary>An answer of status 200 in the trainers' spelling.</summary>
    public static IResult Json<T>(T value, int status = StatusCodes.Status200OK) => TypedResults.Json(value, Options, statusCode: status);

    /// <summary>A real number for answers that are made of nodes: 2.0, not 2 (<see cref="FloatConverter"/>).</summary>
    public static JsonValue Number(double number) => JsonValue.Create(JsonSerializer.SerializeToElement(number, Options))!;

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            PropertyNameCaseInsensitive = false,
            NumberHandling = JsonNumberHandling.AllowReadingFromString,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
            RespectNullableAnnotations = false,
            RespectRequiredConstructorParameters = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters = { new FloatConverter() },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
