using RewardServer.Training.Tensors;
using static TorchSharp.torch;

namespace RewardServer.Training.Policies;

/// <summary>
/// The rotary embedding (Su et al. 2021, equation 34) as Llama lays it out: the first half of a head's numbers is turned with its second
/// half, by angles that grow with the position.
/// </summary>
internal sealed class RotaryTable : IDisposable
{
    private readonly int half;
    private readonly Tensor cosines;
    private readonly Tensor sines;

    /// <summary>Computes the angles of every position.</summary>
    public RotaryTable(PolicyShape shape, Device device, ScalarType type)
    {
        half = shape.HeadSize / 2;
        var frequencies = Enumerable.Range(0, half)
            .Select(i => Stretched(Math.Pow(shape.RopeTheta, -2.0 * i / shape.HeadSize), shape.RopeScaling))
            .ToArray();
        using var scope = NewDisposeScope();
        var angles = WholeNumbers.Between(0, shape.MaxPositions, CPU, float64).unsqueeze(1) * tensor(frequencies).unsqueeze(0);
        cosines = cat([angles.cos(), angles.cos()], 1).to(type).to(device).DetachFromDisposeScope();
        // The second half comes to the first with a minus: the sign is in the table, so that turning is a roll and two products.
        sines = cat([-angles.sin(), angles.sin()], 1).to(type).to(device).DetachFromDisposeScope();
    }

    /// <summary>The angles of the positions from one on: [length, head size].</summary>
    public RotaryAngles Between(long start, long length) => new(cosines.narrow(0, start, length), sines.narrow(0, start, length), half);

    /// <summary>The angles of given positions: [sequences, 1, length, head size] for positions [sequences, length].</summary>
    public RotaryAngles At(Tensor positions) => new(Of(cosines, positions), Of(sines, positions), half);

    /// <inheritdoc/>
    public void Dispose()
    {
        cosines.Dispose();
        sines.Dispose();
    }

    private static Tensor Of(Tensor table, Tensor positions) => table.index_select(0, positions.flatten()).view(positions.shape[0], 1, positions.shape[1], -1);

    // As transformers does it for rope_type llama3.
    private static double Stretched(double frequency, RopeScaling? scaling)
    {
        if (scaling is null)
        {
            return frequency;
        }

        var turns = scaling.OriginalMaxPositions * frequency / (2 * Math.PI);
        var smooth = Math.Clamp((turns - scaling.LowFrequencyFactor) / (scaling.HighFrequencyFactor - scaling.LowFrequencyFactor), 0, 1);
        return frequency * (smooth + (1 - smooth) / scaling.Factor);
    }
}

/// <summary>The angles of some positions.</summary>
/// <param name="Cosines">Their cosines, broadcast over heads.</param>
/// <param name="Sines">Their sines, those of the first half negative.</param>
/// <param name="Half">Half a head's numbers.</param>
internal readonly record struct RotaryAngles(Tensor Cosines, Tensor Sines, int Half)
{
    /// <summary>Turns the heads of queries or keys: [sequences, heads, length, head size].</summary>
    public Tensor Turn(Tensor heads) => (heads * Cosines).AddProduct(heads.roll(Half, -1), Sines, 1);
}
