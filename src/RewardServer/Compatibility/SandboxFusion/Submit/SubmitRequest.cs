using System.Text.Json;
using System.Text.Json.Serialization;
using RewardServer.Grading.Completions;

namespace RewardServer.Compatibility.SandboxFusion.Submit;

/// <summary>What SandboxFusion's <c>/submit</c> takes (sandbox/datasets/types.py).</summary>
internal sealed record SubmitRequest
{
    /// <summary>The data set: one that was uploaded, one that SandboxFusion knows, or any name beside a <see cref="SubmitConfig.DatasetType"/>.</summary>
    public string? Dataset { get; init; }

    /// <summary>The problem's name within it: a text or a number, given back as it came.</summary>
    public JsonElement Id { get; init; }

    /// <summary>What the model wrote.</summary>
    [JsonConverter(typeof(LenientTextConverter))]
    public string? Completion { get; init; }

    /// <summary>How it is judged.</summary>
    public SubmitConfig? Config { get; init; }

    /// <summary>The configuration; all silent where there is none.</summary>
    [JsonIgnore]
    public SubmitConfig Settings => Config ?? SubmitConfig.Silent;

    /// <summary>The problem's name as a text.</summary>
    [JsonIgnore]
    public string Name => Id.ValueKind == JsonValueKind.String ? LenientText.Of(Id)! : Id.GetRawText();

    /// <summary>Each member that is missing or of the wrong kind.</summary>
    public IEnumerable<(string Path, string Message)> Errors() => EnvelopeErrors(Dataset, Id)
        .Concat(Completion is null ? [("completion", "is required")] : [])
        .Concat(Settings.Errors());

    /// <summary>What is wrong with the names of a data set and a problem.</summary>
    public static IEnumerable<(string Path, string Message)> EnvelopeErrors(string? dataset, JsonElement id)
    {
        if (string.IsNullOrEmpty(dataset))
        {
            yield return ("dataset", "is required");
        }

        if (id.ValueKind is not (JsonValueKind.String or JsonValueKind.Number))
        {
            yield return ("id", id.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? "is required" : "must be a text or a number");
        }
    }
}

/// <summary>How a completion is judged.</summary>
internal sealed record SubmitConfig
{
    /// <summary>Where nobody says anything.</summary>
    public static SubmitConfig Silent { get; } = new();

    /// <summary>Which kind of data set it is, by the name of SandboxFusion's class: it says what the provided data holds and how it is judged.</summary>
    public string? DatasetType { get; init; }

    /// <summary>The program's language.</summary>
    public string? Language { get; init; }

    /// <summary>Whether the prompt had examples of answers.</summary>
    public bool? IsFewshot { get; init; }

    /// <summary>How long each test may run, in seconds; the data set's own where silent or 0.</summary>
    public double? RunTimeout { get; init; }

    /// <summary>Python of the caller's that finds programs in the completion. It runs in the sandbox alone.</summary>
    [JsonConverter(typeof(LenientTextConverter))]
    public string? CustomExtractLogic { get; init; }

    /// <summary>The problem itself, where it was not uploaded.</summary>
    public JsonElement ProvidedData { get; init; }

    /// <summary>Switches of single data sets.</summary>
    public JsonElement Extra { get; init; }

    /// <summary>Whether a switch is on, by what Python calls true.</summary>
    public bool Has(string flag) => Extra.ValueKind == JsonValueKind.Object && Extra.TryGetProperty(flag, out var value) && IsTrue(value);

    /// <summary>Whether Python calls a value true: anything but nothing.</summary>
    public static bool IsTrue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.False => false,
        JsonValueKind.Number => !value.TryGetDouble(out var number) || number != 0,
        JsonValueKind.String => !value.ValueEquals(""),
        JsonValueKind.Array => value.GetArrayLength() > 0,
        JsonValueKind.Object => value.GetPropertyCount() > 0,
        _ => true,
    };

    /// <summary>Each member that is out of its range or of the wrong kind.</summary>
    public IEnumerable<(string Path, string Message)> Errors()
    {
        if (RunTimeout < 0)
        {
            yield return ("config.run_timeout", "must not be negative");
        }

        if (Extra.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.Object))
        {
            yield return ("config.extra", "must be an object");
        }

        if (IsTrue(ProvidedData) && ProvidedData.ValueKind != JsonValueKind.Object)
        {
            yield return ("config.provided_data", "must be an object: the row of the one problem");
        }
    }
}
