using static TorchSharp.torch;

namespace RewardServer.Training.Checkpoints;

/// <summary>
/// A file of tensors in the safetensors format: 8 bytes of the header's length, the header in JSON, and the tensors end to end, all little-endian.
/// The whole header is checked when a file is opened; tensors are read one by one, a few MiB at a time, so that files may be of any size.
/// </summary>
public sealed class SafeTensors : IDisposable
{
    // What is in memory of a file at a time.
    private const int Piece = 8 << 20;

    private readonly FileStream stream;

    private SafeTensors(FileStream stream, IReadOnlyDictionary<string, SafeTensor> tensors)
    {
        this.stream = stream;
        Tensors = tensors;
    }

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, SafeTensor> Tensors { get; }

    /// <summary>Opens a file and checks its header.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="InvalidDataException">The file is cut off, its header contradicts itself or the file's length, or a tensor is of another type; the message names file and tensor.</exception>
    public static SafeTensors Open(string path)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        try
        {
            return new(stream, SafeTensorsHeader.Read(stream, Path.GetFileName(path)));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Reads a tensor into another, which may lie on any device and be of any type of floating point.</summary>
    /// <param name="name">Of the tensor in the file.</param>
    /// <param name="destination">Contiguous, of equally many numbers.</param>
    /// <exception cref="KeyNotFoundException">The file has none of that name.</exception>
    /// <exception cref="ArgumentException">The destination has more or fewer numbers.</exception>
    public void Read(string name, Tensor destination)
    {
        var tensor = Tensors[name];
        var size = SafeTensor.Size(tensor.Type);
        if (destination.numel() != tensor.Length / size)
        {
            throw new ArgumentException($"{name} has {tensor.Length / size} numbers, not {destination.numel()}.", nameof(destination));
        }

        using var _ = no_grad();
        using var scope = NewDisposeScope();
        var numbers = destination.view(-1);
        using var piece = empty(Math.Min(numbers.numel(), Piece / size), tensor.Type);
        stream.Position = tensor.Start;
        for (long done = 0; done < numbers.numel();)
        {
            using var inner = NewDisposeScope();
            var count = Math.Min(piece.numel(), numbers.numel() - done);
            stream.ReadExactly(piece.bytes[..(int)(count * size)]);
            numbers.narrow(0, done, count).copy_(piece.narrow(0, 0, count));
            done += count;
        }
    }

    /// <summary>Writes a file, and waits until it is on the disk.</summary>
    /// <param name="path">Replaced if it is there.</param>
    /// <param name="tensors">In the order in which they stand in the file. Any device and type of floating point; only one is copied at a time.</param>
    /// <param name="type">float32, float16 or bfloat16.</param>
    /// <exception cref="ArgumentException">A name occurs twice, or the type is another.</exception>
    public static void Write(string path, IReadOnlyList<KeyValuePair<string, Tensor>> tensors, ScalarType type) =>
        WriteEach(path, [.. tensors.Select(tensor => new WrittenTensor(tensor.Key, tensor.Value.shape, () => tensor.Value))], type);

    /// <summary>Writes a file of tensors that are made one by one, each when it is its turn.</summary>
    /// <param name="path">Replaced if it is there.</param>
    /// <param name="tensors">In the order in which they stand in the file.</param>
    /// <param name="type">float32, float16 or bfloat16.</param>
    /// <exception cref="ArgumentException">A name occurs twice, or the type is another.</exception>
    internal static void WriteEach(string path, IReadOnlyList<WrittenTensor> tensors, ScalarType type)
    {
        var header = SafeTensorsHeader.Of(tensors, type);
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
        stream.Write(header);
        using var _ = no_grad();
        foreach (var tensor in tensors)
        {
            using var scope = NewDisposeScope();
            var numbers = tensor.Make().reshape(-1);
            for (long done = 0; done < numbers.numel(); done += Piece)
            {
                using var inner = NewDisposeScope();
                var piece = numbers.narrow(0, done, Math.Min(Piece, numbers.numel() - done)).to(type).cpu().contiguous();
                stream.Write(piece.bytes);
            }
        }

        stream.Flush(flushToDisk: true);
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();
}
