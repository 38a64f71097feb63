using static TorchSharp.torch;

namespace RewardServer.Training.Policies;

/// <summary>
/// Numbers of tokens by their logits, some tokens at a time, so that the logits of all of a pass never exist at once: of a vocabulary of 150,000 those of 8,192
/// tokens are 5 GB, and their gradients as much again. With gradients, those of a part are made again when the backward pass comes to it.
/// </summary>
internal static class LogitParts
{
    // Logits that exist at once: 4 GiB of them in fp32, so that a pass of some thousand tokens need not compute them twice, or where memory is dear 256 MiB.
    private const long Most = 1 << 30;
    private const long Few = 1 << 26;

    /// <summary>Tokens whose logits exist at once; at least one.</summary>
    /// <param name="vocabulary">Logits of a token.</param>
    /// <param name="checkpointing">Whether memory is dear.</param>
    public static int TokensAtOnce(int vocabulary, bool checkpointing) => (int)Math.Clamp((checkpointing ? Few : Most) / vocabulary, 1, int.MaxValue);

    /// <summary>The numbers of all tokens.</summary>
    /// <param name="tape">Where parts are put that are to be computed again.</param>
    /// <param name="hidden">What the last layer gives: [tokens, hidden size].</param>
    /// <param name="atOnce">Tokens of a part.</param>
    /// <param name="numbers">Given what the last layer gives of a part, and at which token it begins: each number of its tokens, [tokens of the part].</param>
    /// <returns>Each number of all tokens: [tokens].</returns>
    public static Tensor[] Of(BackwardTape tape, Tensor hidden, int atOnce, Func<Tensor, long, Tensor[]> numbers)
    {
        var tokens = hidden.shape[0];
        if (tokens <= atOnce)
        {
            return numbers(hidden, 0);
        }

        var all = Forward(hidden, atOnce, numbers);
        if (is_grad_enabled() && hidden.requires_grad)
        {
            tape.Add(all, gradients => Back(hidden, atOnce, numbers, gradients));
        }

        return all;
    }

    private static Tensor[] Forward(Tensor hidden, int atOnce, Func<Tensor, long, Tensor[]> numbers)
    {
        using var _ = no_grad();
        using var whole = NewDisposeScope();
        var parts = Starts(hidden, atOnce).Select(start =>
        {
            using var scope = NewDisposeScope();
            return numbers(Part(hidden, start, atOnce), start).Select(one => one.MoveToOuterDisposeScope()).ToArray();
        }).ToArray();
        return [.. Enumerable.Range(0, parts[0].Length).Select(number => cat([.. parts.Select(part => part[number])], 0).MoveToOuterDisposeScope())];
    }

    private static void Back(Tensor hidden, int atOnce, Func<Tensor, long, Tensor[]> numbers, Tensor?[] gradients)
    {
        var parts = Starts(hidden, atOnce).Select(start =>
        {
            using var scope = NewDisposeScope();
            var part = Part(hidden, start, atOnce).detach();
            part.requires_grad = true;
            using (enable_grad())
            {
                BackwardTape.Backward(numbers(part, start), gradients.Select(gradient => gradient is null ? null : Part(gradient, start, atOnce)));
            }

            return part.grad!.MoveToOuterDisposeScope();
        }).ToArray();
        autograd.backward([hidden], [cat(parts, 0)]);
    }

    private static IEnumerable<long> Starts(Tensor hidden, int atOnce)
    {
        for (long start = 0; start < hidden.shape[0]; start += atOnce)
        {
            yield return start;
        }
    }

    private static Tensor Part(Tensor all, long start, int atOnce) => all.narrow(0, start, Math.Min(atOnce, all.shape[0] - start));
}
