using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RewardServer.Training.Tensors;
using static TorchSharp.torch;

namespace RewardServer.Training.Policies;

/// <summary>
/// Low-rank adapters of some projections (LoRA, Hu et al. 2021, section 4.1): in place of W x a projection gives W x + (alpha / rank) B A x, of which A and B
/// alone are trained.
/// </summary>
/// <param name="Rank">Rows of A and columns of B; at least 1.</param>
/// <param name="Alpha">What B A x is multiplied by, times the rank; above 0.</param>
/// <param name="Targets">The projections that have them in each layer, by PEFT's names: of <c>q_proj</c>, <c>k_proj</c>, <c>v_proj</c>, <c>o_proj</c>, <c>gate_proj</c>, <c>up_proj</c>, <c>down_proj</c>.</param>
public sealed record LoraShape(int Rank, double Alpha, ImmutableArray<string> Targets)
{
    private const string DownEnd = ".lora_A.weight";
    private const string UpEnd = ".lora_B.weight";

    /// <summary>Every projection that can have adapters.</summary>
    public static ImmutableArray<string> Projections => Policies.Projections.Names;

    /// <summary>What B A x is multiplied by.</summary>
    [JsonIgnore]
    public double Scale => Alpha / Rank;

    /// <summary>
    /// The adapters of a policy in the order in which they stand in memory, by PEFT's names within the model: of projections that read one input the A
    /// stand end to end.
    /// </summary>
    public IEnumerable<ParameterShape> Layout(PolicyShape shape)
    {
        var weights = shape.Layout().ToDictionary(weight => weight.Name);
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            foreach (var group in Policies.Projections.Groups)
            {
                string[] modules = [.. group.Where(Has).Select(name => $"model.layers.{layer}.{name}")];
                foreach (var module in modules)
                {
                    yield return new(Down(module), Rank, weights[WeightOf(module)].Columns);
                }

                foreach (var module in modules)
                {
                    yield return new(Up(module), weights[WeightOf(module)].Rows, Rank);
                }
            }
        }
    }

    /// <summary>Whether a projection has adapters.</summary>
    internal bool Has(string projection) => Targets.Contains(Policies.Projections.Short(projection));

    /// <summary>The name of a module's A.</summary>
    internal static string Down(string module) => module + DownEnd;

    /// <summary>The name of a module's B.</summary>
    internal static string Up(string module) => module + UpEnd;

    /// <summary>The name of a module's matrix W.</summary>
    internal static string WeightOf(string module) => module + ".weight";

    /// <summary>The module whose matrix W a name is; null where it is another parameter.</summary>
    internal static string? ModuleOf(string weight) =>
        weight.EndsWith("_proj.weight", StringComparison.Ordinal) ? weight[..^".weight".Length] : null;

    /// <summary>
    /// Draws an adapter: A evenly up to the inverse root of its inputs, as PEFT does (Kaiming's for a slope of root 5), and B 0, so that at first nothing
    /// is added.
    /// </summary>
    /// <returns>Whether the parameter is one.</returns>
    internal static bool Draw(ParameterShape parameter, Tensor master, Generator generator)
    {
        if (parameter.Name.EndsWith(DownEnd, StringComparison.Ordinal))
        {
            // Drawn on the CPU, so that every device begins alike.
            master.copy_(rand(parameter.Dimensions, generator: generator).Scale(2).Raise(-1).Scale(1 / Math.Sqrt(parameter.Columns!.Value)));
            return true;
        }

        var isUp = parameter.Name.EndsWith(UpEnd, StringComparison.Ordinal);
        if (isUp)
        {
            master.zero_();
        }

        return isUp;
    }

    /// <summary>What the adapters of a matrix come to, to be added to it: (alpha / rank) B A, fp32; null where it has none.</summary>
    internal Tensor? Product(ParameterBuffer adapters, string weight) => ModuleOf(weight) is { } module && Has(module)
        ? adapters.Master(Up(module)).matmul(adapters.Master(Down(module))).Scale(Scale)
        : null;
}
