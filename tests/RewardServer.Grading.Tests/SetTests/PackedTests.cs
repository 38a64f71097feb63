using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Sets.Tests;

namespace RewardServer.Grading.Tests.SetTests;

public sealed class PackedTests
{
    // Each made by Python's pickle.dumps('[{"input": "1 2\\n", "output": "3\\n", "testtype": "stdin"}]', PROTOCOL), zlib and base64.
    public static TheoryData<string> Pickles { get; } = new(
        "eJxrYIqwYmBgiK5WyswrKC1RslJQMlQwislT0lFQyi8tgQoZQwRKUotLSioLUkFCxSUpmXlKtbGFDHoAe1wTcQ==",
        "eJxrYI6wYmBgiK5WyswrKC1RslJQMlQwislT0lFQyi8tgQoZQwRKUotLSioLUkFCxSUpmXlKtbGFDHoAe58Tcg==",
        "eJxrYJlqxwABPVbR1UqZeQWlJUpWCkqGCkYxeUo6Ckr5pSVQIWOIQElqcUlJZUEqSKi4JCUzT6k2dooeALEqFJ0=",
        "eJxrYJ1qxwABPVbR1UqZeQWlJUpWCkqGCkYxeUo6Ckr5pSVQIWOIQElqcUlJZUEqSKi4JCUzT6k2dooeALFyFJ4=");

    [Theory]
    [MemberData(nameof(Pickles))]
    public void Packed_tests_are_read(string packed)
    {
        var (task, error) = LiveCodeBenchTests.Read(JsonSerializer.SerializeToElement(packed));
        Assert.Null(error);
        var test = Assert.IsType<StdioTest>(Assert.Single(task!.Tests));
        Assert.Equal(("1 2\n", "3\n"), (test.Stdin, test.Stdout!.Texts[0]));
    }

    // The instructions that name something to be run, or make anything but a text.
    [Theory]
    [InlineData("8004 8c0474657374 94 93 2e", "0x93")]
    [InlineData("8002 636e740a73797374656d0a 2e", "0x63")]
    [InlineData("8002 58010000006128 2e", "0x28")]
    [InlineData("8003 43056279746573 71002e", "0x43")]
    [InlineData("8004 7d2e", "0x7d")]
    [InlineData("8004 8c0161 8c0162 2e", "0x8c")]
    [InlineData("8004 942e", "0x94")]
    [InlineData("80042e", "0x2e")]
    [InlineData("8001 5601610a2e", "protocols 2 to 5")]
    [InlineData("8006 8c01612e", "protocols 2 to 5")]
    [InlineData("61", "protocols 2 to 5")]
    [InlineData("", "ends early")]
    [InlineData("8004", "ends early")]
    [InlineData("8004 8c0561", "ends early")]
    [InlineData("8004 58050000006161", "ends early")]
    [InlineData("8004 8c0161", "ends early")]
    [InlineData("8004 8c01612e 2e", "something follows")]
    [InlineData("8004 58ffffffff61", "larger than")]
    [InlineData("8004 8dffffffffffffffff61", "larger than")]
    public void A_pickle_of_anything_but_one_text_is_refused(string pickle, string told)
    {
        var bytes = Convert.FromHexString(pickle.Replace(" ", "", StringComparison.Ordinal));
        var refused = Assert.Throws<InvalidDataException>(() => PickledText.Read(new MemoryStream(bytes), 1 << 20));
        Assert.Contains(told, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_texts_come_whole_with_their_frames_and_memos()
    {
        var text = new string('ä', 300_000);
        var utf8 = Encoding.UTF8.GetBytes(text);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, utf8.Length);
        byte[] pickle = [0x80, 5, 0x95, .. new byte[8], 0x8d, .. length, .. utf8, (byte)'r', 1, 2, 3, 4, (byte)'q', 7, 0x94, (byte)'.'];
        Assert.Equal(text, Encoding.UTF8.GetString(PickledText.Read(new MemoryStream(pickle), 1 << 20).Span));
    }

    [Fact]
    public void Tests_that_unpack_to_more_than_is_taken_are_refused_before_they_are_unpacked()
    {
        var text = JsonSerializer.SerializeToElement(Packed($"[{new string(' ', 3 << 20)}]"));
        Assert.True(text.GetString()!.Length < 10_000);
        var (task, error) = LiveCodeBenchTests.Read(text, mostBytes: 1 << 20);
        Assert.Null(task);
        Assert.Equal(("", "is packed, and cannot be unpacked: it is larger than 1048576 bytes, unpacked"), error);
        Assert.Null(LiveCodeBenchTests.Read(text).Error);
    }

    [Theory]
    [InlineData("eJxrYJnqwcg", "must be JSON, or packed")]
    [InlineData("eJxrYJnqwcgA", "is packed, and cannot be unpacked")]
    [InlineData("AAAA", "is packed, and cannot be unpacked")]
    // One cut off, one with more behind it, bytes, and a program.
    [InlineData("eJxrYJlqxwABPVbR1UqZeQWlJUpWCkqGCkYxeUo6Ckr5pSVQIWOIQElqcUlJ", "is packed, and cannot be unpacked")]
    [InlineData("eJxrYJlqxwABPVbR1UqZeQWlJUpWCkqGCkYxeUo6Ckr5pSVQIWOIQElqcUlJZUEqSKi4JCUzT6k2dopeBQDGPxUV", "is packed, and cannot be unpacked: something follows")]
    [InlineData("eJxrYJnKyQABzqxJlSWpxVP0ACQBBFQ=", "has the instruction 0x43")]
    [InlineData("eJxrYEouyC/OrOAqriwuSc3lKmSI4GFgYCjJL03OUNAvyS3QryhkbC1kCipk1gMAPiINbw==", "has the instruction 0x63")]
    [InlineData("", "is packed, and cannot be unpacked")]
    [InlineData("nothing!", "must be JSON, or packed")]
    [InlineData("null", "is packed, and cannot be unpacked")]
    [InlineData("7", "must be a list of tests")]
    public void What_holds_no_tests_is_refused(string text, string told)
    {
        var (task, error) = LiveCodeBenchTests.Read(JsonSerializer.SerializeToElement(text));
        Assert.Null(task);
        Assert.Equal("", error!.Value.Path);
        Assert.Contains(told, error.Value.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_packed_must_be_JSON_of_tests()
    {
        Assert.Equal(("", "is packed, and what is in it is not JSON"), LiveCodeBenchTests.Read(JsonSerializer.SerializeToElement(Packed("[1"))).Error);
        Assert.Equal(("[0]", "must be an object with input and output"), LiveCodeBenchTests.Read(JsonSerializer.SerializeToElement(Packed("[1]"))).Error);
    }

    private static string Packed(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, utf8.Length);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize))
        {
            zlib.Write([0x80, 2, (byte)'X', .. length, .. utf8, (byte)'q', 0, (byte)'.']);
        }

        return Convert.ToBase64String(packed.ToArray());
    }
}
