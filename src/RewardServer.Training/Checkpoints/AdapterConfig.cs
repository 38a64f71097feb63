using System.Text.Json;
using System.Text.Json.Nodes;
using RewardServer.Training.Policies;
using RewardServer.Training.Tokens;

namespace RewardServer.Training.Checkpoints;

/// <summary>
/// What PEFT's <c>adapter_config.json</c> says of low-rank adapters. What it asks that is not computed is refused, for something else would be computed.
/// </summary>
/// <param name="Base">Folder of the checkpoint that the adapters belong to (<c>base_model_name_or_path</c>).</param>
/// <param name="Rank">Rows of each A (<c>r</c>).</param>
/// <param name="Scale">What B A x is multiplied by: <c>lora_alpha</c> over the rank, or over its root (<c>use_rslora</c>).</param>
/// <param name="Targets">The last parts of the names of all modules that have adapters, in every layer; null where that is said otherwise, by a pattern or for some layers.</param>
public sealed record AdapterConfig(string Base, int Rank, double Scale, IReadOnlyList<string>? Targets)
{
    /// <summary>The file's name in a folder of adapters.</summary>
    public const string FileName = "adapter_config.json";

    // Adapters of adapters that stand for one another would be read for ever.
    private const int Deepest = 16;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    // What changes the computation, or trains other parts.
    private static readonly string[] Flags = ["use_dora", "fan_in_fan_out", "lora_bias", "use_qalora"];

    private static readonly string[] Additions =
        ["rank_pattern", "alpha_pattern", "modules_to_save", "layer_replication", "trainable_token_indices", "target_parameters", "alora_invocation_tokens"];

    // Where one of them is there, not every module of a target's name has adapters.
    private static readonly string[] Narrowing = ["layers_to_transform", "layers_pattern", "exclude_modules"];

    // Beginnings of adapters that leave the weights as they are; others (pissa, olora, loftq, …) change them when they are read.
    private static readonly string[] Beginnings = ["gaussian", "eva", "orthogonal"];

    /// <summary>Whether a folder holds adapters, and no policy of its own.</summary>
    public static bool IsThere(string folder) => File.Exists(Path.Combine(folder, FileName));

    /// <summary>The checkpoint that a folder comes to: the folder itself, or where it holds adapters, that which they belong to.</summary>
    /// <exception cref="InvalidDataException">An adapter_config.json is wrong.</exception>
    public static string WholeOf(string folder) => Chain(folder)[^1];

    /// <summary>A folder, and where it holds adapters, what they belong to, and so on up to a whole checkpoint.</summary>
    /// <exception cref="InvalidDataException">An adapter_config.json is wrong.</exception>
    internal static IReadOnlyList<string> Chain(string folder)
    {
        var chain = new List<string> { folder };
        while (IsThere(chain[^1]))
        {
            chain.Add(Read(chain[^1]).Base);
            if (chain.Count > Deepest)
            {
                throw new InvalidDataException($"{folder}: {FileName}: base_model_name_or_path leads from adapters to adapters, more than {Deepest} times");
            }
        }

        return chain;
    }

    /// <summary>Reads the file of a folder.</summary>
    /// <exception cref="InvalidDataException">It is no JSON, or has errors: all of them, a line each, by member.</exception>
    public static AdapterConfig Read(string folder)
    {
        using var document = StrictJson.Parse(File.ReadAllBytes(Path.Combine(folder, FileName)), FileName + ":");
        var members = new ConfigMembers(document.RootElement, "");
        if (members.Text("peft_type") is var type && type != "LORA")
        {
            members.Wrong("peft_type", $"is \"{type}\"; LORA is supported");
        }

        foreach (var flag in Flags.Where(members.Flag))
        {
            members.Wrong(flag, "is true, which is not supported");
        }

        foreach (var addition in Additions.Where(name => !IsEmpty(members.Value(name))))
        {
            members.Wrong(addition, "is there, which is not supported");
        }

        if (members.Text("bias") is { } bias && bias != "none")
        {
            members.Wrong("bias", $"is \"{bias}\"; none is supported");
        }

        if (members.Value("init_lora_weights") is { ValueKind: JsonValueKind.String } beginning && !Beginnings.Contains(beginning.GetString()))
        {
            members.Wrong("init_lora_weights", $"is \"{beginning.GetString()}\", which changes the weights that adapters belong to: save them as PEFT converts them (path_initial_model_for_weight_conversion)");
        }

        var (rank, alpha) = (members.Whole("r"), members.Number("lora_alpha"));
        if (rank < 1)
        {
            members.Wrong("r", $"must be at least 1, but is {rank}");
        }

        var named = Folder(members, folder);
        return members.Errors.Count == 0
            ? new(named, rank, members.Flag("use_rslora") ? alpha / Math.Sqrt(rank) : alpha / rank, Targeted(members))
            : throw new InvalidDataException(string.Join('\n', members.Errors.Select(error => $"{FileName}: {error}")));
    }

    /// <summary>Writes the file of adapters, as PEFT does.</summary>
    /// <param name="lora">Their measures.</param>
    /// <param name="whole">Folder of the checkpoint that they belong to.</param>
    /// <param name="folder">Where; a file of the name is replaced.</param>
    public static void Write(LoraShape lora, string whole, string folder)
    {
        var config = new JsonObject
        {
            ["peft_type"] = "LORA",
            ["task_type"] = "CAUSAL_LM",
            // Whole, for it is read from wherever a program runs.
            ["base_model_name_or_path"] = Path.GetFullPath(whole),
            ["r"] = lora.Rank,
            ["lora_alpha"] = JsonValue.Create(lora.Alpha),
            ["target_modules"] = new JsonArray([.. lora.Targets.Select(target => (JsonNode)target)]),
            ["lora_dropout"] = 0.0,
            ["bias"] = "none",
            ["fan_in_fan_out"] = false,
            ["use_rslora"] = false,
            ["use_dora"] = false,
            ["init_lora_weights"] = true,
            ["inference_mode"] = true,
        };
        File.WriteAllText(Path.Combine(folder, FileName), config.ToJsonString(Indented) + "\n");
    }

    private static string[]? Targeted(ConfigMembers members) =>
        members.Value("target_modules") is { ValueKind: JsonValueKind.Array } targets && !Narrowing.Any(members.Has) && targets.EnumerateArray().All(target => target.ValueKind == JsonValueKind.String)
            ? [.. targets.EnumerateArray().Select(target => target.GetString()!)]
            : null;

    private static string Folder(ConfigMembers members, string folder)
    {
        var named = members.Text("base_model_name_or_path");
        if (string.IsNullOrEmpty(named))
        {
            members.Wrong("base_model_name_or_path", "is missing");
            return "";
        }

        var beside = Path.Combine(folder, named);
        // Beside the adapters first: what they belong to does not depend on where a program runs.
        if (Directory.Exists(beside) || Directory.Exists(named))
        {
            return Directory.Exists(beside) ? beside : named;
        }

        members.Wrong("base_model_name_or_path", $"is \"{named}\", and there is no such folder: write there where the model is that the adapters belong to");
        return "";
    }

    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        JsonValueKind.Array => value.GetArrayLength() == 0,
        _ => value.ValueKind == JsonValueKind.Undefined,
    };
}
