using System.Text.RegularExpressions;
using RewardServer.Training.Policies;
using RewardServer.Training.Tensors;
using RewardServer.Training.Tokens;
using static TorchSharp.torch;

namespace RewardServer.Training.Checkpoints;

/// <summary>
/// Low-rank adapters as PEFT keeps them: a folder with <c>adapter_config.json</c> and <c>adapter_model.safetensors</c>, which names the checkpoint that they
/// belong to, and has none of its weights.
/// </summary>
public static partial class AdapterCheckpoint
{
    private const string FileName = "adapter_model.safetensors";
    private const string Prefix = "base_model.model.";

    /// <summary>Writes the adapters of a policy whole or not at all, as <see cref="Checkpoint.Write"/> does.</summary>
    /// <param name="policy">Whose adapters are written, fp32.</param>
    /// <param name="whole">Folder of the checkpoint that they belong to.</param>
    /// <param name="tokenizer">Written with them; null for none.</param>
    /// <param name="folder">Where.</param>
    /// <param name="with">Writes what else belongs to them, into the folder that it is given; null for nothing.</param>
    /// <exception cref="ArgumentException">The policy has no adapters.</exception>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written to. What was there is there still.</exception>
    public static void Write(Policy policy, string whole, ISavedTokenizer? tokenizer, string folder, Action<string>? with = null)
    {
        var lora = policy.Lora ?? throw new ArgumentException("The policy has no adapters.", nameof(policy));
        DurableFolder.Replace(folder, unfinished =>
        {
            AdapterConfig.Write(lora, whole, unfinished);
            SafeTensors.WriteEach(
                Path.Combine(unfinished, FileName),
                [.. lora.Layout(policy.Shape).Select(adapter => new WrittenTensor(Prefix + adapter.Name, adapter.Dimensions, () => policy.Parameters.Master(adapter.Name)))],
                ScalarType.Float32);
            tokenizer?.Write(unfinished);
            with?.Invoke(unfinished);
        });
    }

    /// <summary>Reads adapters into those of a policy, which go on from there.</summary>
    /// <exception cref="InvalidDataException">They are others than the policy's, or not there: all that is wrong, a line each.</exception>
    public static void Read(string folder, Policy policy)
    {
        using var file = Open(folder);
        string[] names = [.. policy.Lora?.Layout(policy.Shape).Select(adapter => adapter.Name) ?? []];
        var errors = names.Where(name => !file.Tensors.ContainsKey(Prefix + name)).Select(name => $"{FileName}: {Prefix}{name} is missing")
            .Concat(file.Tensors.Keys.Where(name => !names.Contains(name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : "")).Select(name => $"{FileName}: {name} is none of the policy's adapters"));
        Refuse([.. errors]);
        foreach (var name in names)
        {
            using var scope = NewDisposeScope();
            var master = policy.Parameters.Master(name);
            Refuse(Dimensions(file.Tensors[Prefix + name], master.shape));
            file.Read(Prefix + name, master);
        }

        policy.Parameters.Publish();
    }

    /// <summary>Adds what the adapters of a folder come to, to the weights of a policy.</summary>
    /// <exception cref="InvalidDataException">They are of another policy, or not there: all that is wrong, a line each.</exception>
    internal static void Merge(string folder, Policy policy)
    {
        var config = AdapterConfig.Read(folder);
        using var file = Open(folder);
        var weights = policy.Shape.Layout().ToDictionary(weight => weight.Name);
        var modules = new HashSet<string>();
        var errors = new List<string>();
        foreach (var name in file.Tensors.Keys)
        {
            if (AdapterName().Match(name) is { Success: true } match && weights.TryGetValue(LoraShape.WeightOf(match.Groups["module"].Value), out var weight) && weight.Columns is { } columns)
            {
                modules.Add(match.Groups["module"].Value);
                errors.AddRange(Dimensions(file.Tensors[name], match.Groups["side"].Value == "A" ? [config.Rank, columns] : [weight.Rows, config.Rank]));
            }
            else
            {
                errors.Add($"{FileName}: {name} is no adapter of a matrix of the policy");
            }
        }

        // Of a target without adapters some file was lost on the way: it would be read as if it had not been trained.
        string[] matrices = [.. weights.Values.Where(weight => weight.Columns is not null).Select(weight => weight.Name[..^".weight".Length])];
        foreach (var target in config.Targets ?? [])
        {
            string[] named = [.. matrices.Where(module => module == target || module.EndsWith($".{target}", StringComparison.Ordinal))];
            modules.UnionWith(named);
            errors.AddRange(named.Length > 0 ? Array.Empty<string>() : [$"{AdapterConfig.FileName}: target_modules names '{target}', which is no matrix of the policy"]);
        }

        errors.AddRange(modules.Count > 0 || errors.Count > 0 ? Array.Empty<string>() : [$"{FileName}: there are no adapters in it"]);
        errors.AddRange(modules.SelectMany(module => (string[])[LoraShape.Down(module), LoraShape.Up(module)])
            .Where(name => !file.Tensors.ContainsKey(Prefix + name)).Select(name => $"{FileName}: {Prefix}{name} is missing"));
        Refuse(errors);
        using var _ = no_grad();
        foreach (var module in modules)
        {
            using var scope = NewDisposeScope();
            var weight = policy.Place(LoraShape.WeightOf(module));
            var product = Read(file, LoraShape.Up(module)).matmul(Read(file, LoraShape.Down(module))).to(weight.device).Scale(config.Scale);
            weight.copy_(product.Add(weight));
        }
    }

    private static SafeTensors Open(string folder) => File.Exists(Path.Combine(folder, FileName))
        ? SafeTensors.Open(Path.Combine(folder, FileName))
        : throw new InvalidDataException($"{folder} has {AdapterConfig.FileName}, but no {FileName}");

    private static Tensor Read(SafeTensors file, string name)
    {
        var read = zeros(file.Tensors[Prefix + name].Dimensions.ToArray());
        file.Read(Prefix + name, read);
        return read;
    }

    private static string[] Dimensions(SafeTensor tensor, long[] expected) => tensor.Dimensions.SequenceEqual(expected)
        ? []
        : [$"{FileName}: {tensor.Name} is [{string.Join(", ", tensor.Dimensions)}]; it must be [{string.Join(", ", expected)}]"];

    private static void Refuse(IReadOnlyCollection<string> errors)
    {
        if (errors.Count > 0)
        {
            throw new InvalidDataException(string.Join('\n', errors));
        }
    }

    [GeneratedRegex(@"^base_model\.model\.(?<module>.+)\.lora_(?<side>[AB])\.weight$")]
    private static partial Regex AdapterName();
}
