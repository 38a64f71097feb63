using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace RewardServer.CSharpCompiler;

/// <summary>A program's file.</summary>
/// <param name="Path">Its name for messages; nothing is ever opened by it.</param>
/// <param name="Content">Its bytes.</param>
internal sealed record SourceFile(string Path, ReadOnlyMemory<byte> Content);

/// <summary>A program as it comes: for each file u32 length of its path, path, u32 length, bytes; little-endian, to the end.</summary>
internal static class SourceBundle
{
    /// <summary>Reads all of a file, which may be a pipe.</summary>
    /// <exception cref="InvalidDataException">It ends in the middle.</exception>
    public static IReadOnlyList<SourceFile> Read(SafeFileHandle input)
    {
        using var stream = new FileStream(new(input.DangerousGetHandle(), ownsHandle: false), FileAccess.Read, bufferSize: 0);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return Parse(bytes.GetBuffer().AsMemory(0, (int)bytes.Length));
    }

    private static List<SourceFile> Parse(ReadOnlyMemory<byte> rest)
    {
        var files = new List<SourceFile>();
        while (rest.Length > 0)
        {
            var path = Take(ref rest, "the path");
            var content = Take(ref rest, "the content");
            files.Add(new(Encoding.UTF8.GetString(path.Span), content));
        }

        return files;

        ReadOnlyMemory<byte> Take(ref ReadOnlyMemory<byte> from, string what)
        {
            var length = from.Length < 4 ? uint.MaxValue : BinaryPrimitives.ReadUInt32LittleEndian(from.Span);
            if (length > from.Length - 4)
            {
                throw new InvalidDataException($"error: the sources end in {what} of file {files.Count + 1}");
            }

            var taken = from.Slice(4, (int)length);
            from = from[(4 + (int)length)..];
            return taken;
        }
    }
}
