using RewardServer.Training.Tensors;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace RewardServer.Training.Policies;

/// <summary>The low-rank adapters of projections that read one input: their A multiply it at once, each B then a part of what comes of that.</summary>
internal sealed class Adapters
{
    private readonly LoraShape lora;
    private readonly Tensor down;
    private readonly (long Rows, Tensor? Up)[] parts;

    private Adapters(LoraShape lora, Tensor down, (long Rows, Tensor? Up)[] parts) => (this.lora, this.down, this.parts) = (lora, down, parts);

    /// <summary>Those of modules; null where none has any.</summary>
    /// <param name="lora">Which have some.</param>
    /// <param name="modules">Each with the rows of its matrix, in the order in which they stand.</param>
    /// <param name="leaf">Gives the parameters from one to another, which stand end to end, as one matrix.</param>
    public static Adapters? Of(LoraShape lora, IReadOnlyList<(string Name, long Rows)> modules, Func<string, string, Tensor> leaf)
    {
        string[] adapted = [.. modules.Select(module => module.Name).Where(lora.Has)];
        return adapted.Length == 0 ? null : new(
            lora,
            leaf(LoraShape.Down(adapted[0]), LoraShape.Down(adapted[^1])),
            [.. modules.Select(module => (module.Rows, lora.Has(module.Name) ? leaf(LoraShape.Up(module.Name), LoraShape.Up(module.Name)) : null))]);
    }

    /// <summary>What they add: [.., rows of all modules].</summary>
    /// <param name="input">[.., columns].</param>
    public Tensor Of(Tensor input)
    {
        // Scaled where it is narrow.
        var low = F.linear(input, down).Times(lora.Scale);
        var raised = new Tensor[parts.Length];
        for (var (i, at) = (0, 0L); i < parts.Length; i++)
        {
            var (rows, up) = parts[i];
            raised[i] = up is null ? zeros([.. input.shape[..^1], rows], input.dtype, input.device) : F.linear(low.narrow(-1, at, lora.Rank), up);
            at += up is null ? 0 : lora.Rank;
        }

        return raised.Length == 1 ? raised[0] : cat(raised, -1);
    }
}
