using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RewardServer.Training.Reporting;

/// <summary>A step as one line of JSON.</summary>
internal static class MetricsLine
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // A loss that is no number is what one looks for afterwards.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(StepMetrics step) => JsonSerializer.Serialize(step, Options);

    /// <exception cref="InvalidDataException">The line is no step; the message names the file and line.</exception>
    public static StepMetrics Read(ReadOnlySpan<byte> line, string file, int number)
    {
        try
        {
            return JsonSerializer.Deserialize<StepMetrics>(line, Options) ?? throw new InvalidDataException($"{file}:{number}: is null, and no step");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{file}:{number}: is no step of a training: {exception.Message}", exception);
        }
    }
}
