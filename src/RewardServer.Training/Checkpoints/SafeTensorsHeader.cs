using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RewardServer.Training.Tokens;
using static TorchSharp.torch;

namespace RewardServer.Training.Checkpoints;

/// <summary>The header of a safetensors file. A file is as hostile as where it comes from: nothing in it is believed before it is checked.</summary>
internal static class SafeTensorsHeader
{
    // As the format's own reader has it.
    private const long Longest = 100_000_000;

    /// <summary>Reads and checks it.</summary>
    /// <exception cref="InvalidDataException">It cannot be; the message names file and tensor.</exception>
    public static IReadOnlyDictionary<string, SafeTensor> Read(Stream stream, string file)
    {
        using var document = Parse(stream, file, out var start);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidDataException($"{file}: the header is no object");
        }

        var tensors = document.RootElement.EnumerateObject()
            .Where(member => member.Name != "__metadata__")
            .Select(member => Tensor(member, start, stream.Length, file))
            .ToArray();
        // The tensors cover all bytes behind the header, each once.
        var end = start;
        foreach (var tensor in tensors.OrderBy(tensor => tensor.Start).ThenBy(tensor => tensor.Length))
        {
            if (tensor.Start != end)
            {
                throw new InvalidDataException($"{file}: {tensor.Name}: its bytes begin at {tensor.Start - start}, but those before it end at {end - start}");
            }

            end += tensor.Length;
        }

        return end == stream.Length
            ? tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal)
            : throw new InvalidDataException($"{file}: the tensors end at byte {end}, but the file has {stream.Length}");
    }

    /// <summary>The length and the header of tensors that are written end to end.</summary>
    /// <exception cref="ArgumentException">A name occurs twice, or the type is none of the three.</exception>
    public static byte[] Of(IReadOnlyList<WrittenTensor> tensors, ScalarType type)
    {
        var name = SafeTensor.Types.FirstOrDefault(pair => pair.Value == type).Key
            ?? throw new ArgumentException($"{type} is not written; {string.Join(", ", SafeTensor.Types.Values)} are.", nameof(type));
        // Other readers ask which program's tensors these are.
        var header = new JsonObject { ["__metadata__"] = new JsonObject { ["format"] = "pt" } };
        long end = 0;
        foreach (var tensor in tensors)
        {
            var start = end;
            end += tensor.Dimensions.Aggregate(1L, (product, length) => product * length) * SafeTensor.Size(type);
            header.Add(tensor.Name, new JsonObject
            {
                ["dtype"] = name,
                ["shape"] = new JsonArray([.. tensor.Dimensions.Select(length => (JsonNode)length)]),
                ["data_offsets"] = new JsonArray(start, end),
            });
        }

        var json = Encoding.UTF8.GetBytes(header.ToJsonString());
        // Filled with spaces, so that the tensors begin at a multiple of 8.
        var length = (json.Length + 7) / 8 * 8;
        var bytes = new byte[8 + length];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)length);
        json.CopyTo(bytes, 8);
        bytes.AsSpan(8 + json.Length).Fill((byte)' ');
        return bytes;
    }

    private static JsonDocument Parse(Stream stream, string file, out long start)
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("Checkpoints are little-endian, and this machine is not.");
        }

        var prefix = new byte[8];
        if (stream.ReadAtLeast(prefix, 8, throwOnEndOfStream: false) < 8)
        {
            throw new InvalidDataException($"{file}: is cut off: it has {stream.Length} bytes, not even the header's length");
        }

        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > Longest)
        {
            throw new InvalidDataException($"{file}: says that its header has {length} bytes; more than {Longest} are not read");
        }

        start = 8 + (long)length;
        if (start > stream.Length)
        {
            throw new InvalidDataException($"{file}: is cut off: the header ends at byte {start}, but the file has {stream.Length}");
        }

        var header = new byte[length];
        stream.ReadExactly(header);
        return StrictJson.Parse(header, $"{file}: the header");
    }

    private static SafeTensor Tensor(JsonProperty member, long start, long fileLength, string file)
    {
        InvalidDataException Wrong(string what) => new($"{file}: {member.Name}: {what}");
        JsonElement Value(string name, JsonValueKind kind) =>
            member.Value.ValueKind == JsonValueKind.Object && member.Value.TryGetProperty(name, out var value) && value.ValueKind == kind
                ? value
                : throw Wrong($"{name} is missing or no {(kind == JsonValueKind.Array ? "array" : "string")}");
        long[] Numbers(string name) => [.. Value(name, JsonValueKind.Array).EnumerateArray().Select(number =>
            number.ValueKind == JsonValueKind.Number && number.TryGetInt64(out var whole) && whole >= 0 ? whole : throw Wrong($"{name} has {number.GetRawText()}, which is no whole number from 0 on"))];

        var dtype = Value("dtype", JsonValueKind.String).GetString()!;
        if (!SafeTensor.Types.TryGetValue(dtype, out var type))
        {
            throw Wrong($"dtype is {dtype}; {string.Join(", ", SafeTensor.Types.Keys)} are supported");
        }

        var (shape, offsets) = (Numbers("shape"), Numbers("data_offsets"));
        if (offsets.Length != 2 || offsets[0] > offsets[1] || offsets[1] > fileLength - start)
        {
            throw Wrong($"data_offsets [{string.Join(", ", offsets)}] do not lie in the {fileLength - start} bytes behind the header");
        }

        // Exact, whatever the numbers: a product that wraps around would pass for a small one.
        var size = shape.Aggregate((Int128)SafeTensor.Size(type), (product, length) => product > fileLength && length > 0 ? product : product * length);
        return size == offsets[1] - offsets[0]
            ? new(member.Name, type, shape, start + offsets[0], offsets[1] - offsets[0])
            : throw Wrong($"{dtype} of shape [{string.Join(", ", shape)}] does not take the {offsets[1] - offsets[0]} bytes of data_offsets [{string.Join(", ", offsets)}]");
    }
}
