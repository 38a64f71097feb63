using System.Text.RegularExpressions;
using RewardServer.Training.Policies;
using RewardServer.Training.Tokens;
using static TorchSharp.torch;

namespace RewardServer.Training.Checkpoints;

/// <summary>The tensors of a checkpoint, in one file or in many.</summary>
internal sealed partial class CheckpointTensors : IDisposable
{
    private const string IndexName = Checkpoint.FileName + ".index.json";

    private readonly List<SafeTensors> files = [];
    private readonly Dictionary<string, SafeTensors> places = new(StringComparer.Ordinal);

    private CheckpointTensors()
    {
    }

    /// <summary>The name of the bias behind a layer's attention, which a policy has not.</summary>
    public static string OutputBias(int layer) => $"model.layers.{layer}.self_attn.o_proj.bias";

    /// <summary>Opens a folder's files.</summary>
    /// <exception cref="FileNotFoundException">One is missing.</exception>
    /// <exception cref="InvalidDataException">One contradicts itself, or the index the files.</exception>
    public static CheckpointTensors Open(string folder)
    {
        var tensors = new CheckpointTensors();
        try
        {
            if (File.Exists(Path.Combine(folder, Checkpoint.FileName)))
            {
                tensors.Add(folder, Checkpoint.FileName);
            }
            else
            {
                tensors.AddIndexed(folder);
            }

            return tensors;
        }
        catch
        {
            tensors.Dispose();
            throw;
        }
    }

    /// <summary>Compares the tensors with what a policy needs.</summary>
    /// <exception cref="InvalidDataException">Some are missing, too many or of other dimensions: all of them, a line each.</exception>
    public void Check(PolicyShape shape)
    {
        var errors = new List<string>();
        var needed = shape.Layout().ToDictionary(parameter => parameter.Name, parameter => parameter.Dimensions, StringComparer.Ordinal);
        foreach (var (name, dimensions) in needed)
        {
            if (!places.TryGetValue(name, out var file))
            {
                errors.Add($"{name} is missing");
            }
            else if (!file.Tensors[name].Dimensions.SequenceEqual(dimensions))
            {
                errors.Add($"{name} is [{string.Join(", ", file.Tensors[name].Dimensions)}]; by {ConfigJson.FileName} it must be [{string.Join(", ", dimensions)}]");
            }
        }

        foreach (var name in places.Keys.Where(name => !needed.ContainsKey(name) && !IsHarmless(name, shape)))
        {
            errors.Add($"{name} is no parameter of the policy that {ConfigJson.FileName} describes");
        }

        if (errors.Count > 0)
        {
            throw new InvalidDataException(string.Join('\n', errors));
        }
    }

    /// <summary>Reads a tensor.</summary>
    public void Read(string name, Tensor destination) => places[name].Read(name, destination);

    /// <inheritdoc/>
    public void Dispose() => files.ForEach(file => file.Dispose());

    private void Add(string folder, string name)
    {
        var file = SafeTensors.Open(Path.Combine(folder, name));
        files.Add(file);
        foreach (var tensor in file.Tensors.Keys)
        {
            if (!places.TryAdd(tensor, file))
            {
                throw new InvalidDataException($"{name}: {tensor} is in another file, too");
            }
        }
    }

    private void AddIndexed(string folder)
    {
        using var index = JsonFile.OpenIfThere(folder, IndexName) ?? throw new FileNotFoundException($"{folder} has neither {Checkpoint.FileName} nor {IndexName}");
        var map = index.Root.Member("weight_map");
        var entries = map.Members().Zip(map.Element.EnumerateObject(), (place, member) => (Place: place, Tensor: member.Name, File: place.String())).ToArray();
        foreach (var first in entries.DistinctBy(entry => entry.File))
        {
            // A name with a path in it would read files elsewhere.
            if (first.File.Length == 0 || Path.GetFileName(first.File) != first.File)
            {
                throw first.Place.Wrong($"is \"{first.File}\", which is no file's name");
            }

            if (!File.Exists(Path.Combine(folder, first.File)))
            {
                throw new FileNotFoundException($"{first.Place.Path} is \"{first.File}\", which {folder} has not");
            }

            Add(folder, first.File);
        }

        foreach (var (place, tensor, file) in entries)
        {
            if (!places.ContainsKey(tensor))
            {
                throw place.Wrong($"is \"{file}\", which has no such tensor");
            }
        }
    }

    // Left by other writers: the tied embedding a second time, tables that are computed anew, and biases that are all 0.
    private bool IsHarmless(string name, PolicyShape shape) =>
        name == "lm_head.weight" && shape.TiedEmbeddings
        || name.EndsWith(".rotary_emb.inv_freq", StringComparison.Ordinal)
        || OutputBiasName().IsMatch(name) && IsZero(places[name], name);

    private static bool IsZero(SafeTensors file, string name)
    {
        using var scope = NewDisposeScope();
        var values = zeros(file.Tensors[name].Dimensions.ToArray());
        file.Read(name, values);
        return values.count_nonzero().item<long>() == 0;
    }

    [GeneratedRegex(@"^model\.layers\.\d+\.self_attn\.o_proj\.bias$")]
    private static partial Regex OutputBiasName();
}
