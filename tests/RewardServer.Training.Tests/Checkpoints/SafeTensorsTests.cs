using System.Buffers.Binary;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using RewardServer.Training.Checkpoints;
using static TorchSharp.torch;

namespace RewardServer.Training.Tests.Checkpoints;

public sealed class SafeTensorsTests
{
    [Fact]
    public void A_file_made_by_hand_is_read()
    {
        using var folder = new TemporaryFolder();
        // 1.5 and -2 in each of the three types, least byte first.
        byte[] data = [0x00, 0x00, 0xC0, 0x3F, 0x00, 0x00, 0x00, 0xC0, 0x00, 0x3E, 0x00, 0xC0, 0xC0, 0x3F, 0x00, 0xC0];
        Craft(folder, """
            {"__metadata__": {"by": "hand"}, "b": {"dtype": "F16", "shape": [2, 1], "data_offsets": [8, 12]}, "a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}, "c": {"dtype": "BF16", "shape": [1, 2], "data_offsets": [12, 16]}}
            """, data);
        using var file = SafeTensors.Open(folder.File("x"));
        Assert.Equal([2, 1], file.Tensors["b"].Dimensions);
        foreach (var name in new[] { "a", "b", "c" })
        {
            using var scope = NewDisposeScope();
            var numbers = zeros(2);
            file.Read(name, numbers);
            Assert.Equal([1.5f, -2f], numbers.data<float>().ToArray());
        }
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    public void What_was_written_comes_back_however_large(ScalarType type)
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        using var generator = new Generator(7);
        // More than a piece of reading and of writing.
        var large = randn(3, 3_000_001, generator: generator).to(type);
        var single = tensor(0.5f);
        SafeTensors.Write(folder.File("x"), [new("large", large), new("none", zeros(0, 4)), new("single", single)], type);
        using var file = SafeTensors.Open(folder.File("x"));
        var read = zeros(3, 3_000_001, dtype: type);
        file.Read("large", read);
        Assert.True(read.equal(large).all().item<bool>());
        Assert.Equal(type, file.Tensors["large"].Type);
        Assert.Equal(0, file.Tensors["large"].Start % 8);
        Assert.Empty(file.Tensors["single"].Dimensions);
        Assert.Equal([0, 4], file.Tensors["none"].Dimensions);
    }

    [Fact]
    public void A_destination_of_another_size_is_refused()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        SafeTensors.Write(folder.File("x"), [new("a", zeros(4))], ScalarType.Float32);
        using var file = SafeTensors.Open(folder.File("x"));
        Assert.Contains("a has 4 numbers, not 5", Assert.Throws<ArgumentException>(() => file.Read("a", zeros(5))).Message, StringComparison.Ordinal);
        Assert.Throws<KeyNotFoundException>(() => file.Read("b", zeros(5)));
    }

    [Theory]
    [InlineData("""{"a": {"dtype": "F32", "shape": [3], "data_offsets": [0, 8]}}""", "a: F32 of shape [3]")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [2], "data_offsets": [8, 16]}}""", "a: data_offsets [8, 16]")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [2], "data_offsets": [8, 0]}}""", "a: data_offsets [8, 0]")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}""", "the tensors end at byte")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [1], "data_offsets": [4, 8]}}""", "a: its bytes begin at 4")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}, "b": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}""", "a: its bytes begin at 0")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [4611686018427387906], "data_offsets": [0, 8]}}""", "a: F32 of shape")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [-2, -1], "data_offsets": [0, 8]}}""", "a: shape has -2")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [2.5], "data_offsets": [0, 8]}}""", "a: shape has 2.5")]
    [InlineData("""{"a": {"dtype": "I64", "shape": [1], "data_offsets": [0, 8]}}""", "a: dtype is I64")]
    [InlineData("""{"a": {"shape": [1], "data_offsets": [0, 8]}}""", "a: dtype is missing")]
    [InlineData("""{"a": 5}""", "a: dtype is missing")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}, "a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}}""", "the header is no JSON")]
    [InlineData("""{"\ud800": 5}""", "the header is no JSON")]
    [InlineData("[]", "the header is no object")]
    [InlineData("""{"a": """, "the header is no JSON")]
    [InlineData("", "the header is no JSON")]
    public void A_header_that_lies_is_refused_by_name(string header, string named)
    {
        using var folder = new TemporaryFolder();
        Craft(folder, header, new byte[8]);
        Assert.StartsWith("x: " + named, Assert.Throws<InvalidDataException>(() => SafeTensors.Open(folder.File("x"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_length_with_its_greatest_byte_first_is_refused()
    {
        using var folder = new TemporaryFolder();
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, 2);
        File.WriteAllBytes(folder.File("x"), bytes);
        Assert.Contains("144115188075855872 bytes", Assert.Throws<InvalidDataException>(() => SafeTensors.Open(folder.File("x"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_refused()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        SafeTensors.Write(folder.File("x"), [new("a", zeros(5)), new("b", zeros(2, 2))], ScalarType.BFloat16);
        var whole = File.ReadAllBytes(folder.File("x"));
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(folder.File("x"), whole[..length]);
            Assert.Throws<InvalidDataException>(() => SafeTensors.Open(folder.File("x")));
        }
    }

    [Fact]
    public void Any_bytes_are_read_or_refused()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        SafeTensors.Write(folder.File("x"), [new("a", zeros(5)), new("b", zeros(2, 2))], ScalarType.Float32);
        var whole = File.ReadAllBytes(folder.File("x"));
        var changes = Gen.Choose(0, whole.Length - 1).SelectMany(place => Gen.Choose(0, 255).Select(value => (place, value)));
        Prop.ForAll(changes.ToArbitrary(), change =>
        {
            var changed = (byte[])whole.Clone();
            changed[change.place] = (byte)change.value;
            File.WriteAllBytes(folder.File("x"), changed);
            try
            {
                using var file = SafeTensors.Open(folder.File("x"));
                Assert.All(file.Tensors.Values, tensor => Assert.InRange(tensor.Start + tensor.Length, 8, whole.Length));
            }
            catch (InvalidDataException)
            {
                // Refused, as it may be.
            }
        }).QuickCheckThrowOnFailure();
    }

    internal static void Craft(TemporaryFolder folder, string header, byte[] data, string name = "x")
    {
        var json = Encoding.UTF8.GetBytes(header);
        var prefix = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)json.Length);
        File.WriteAllBytes(folder.File(name), [.. prefix, .. json, .. data]);
    }
}
