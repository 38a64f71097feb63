using System.Buffers.Binary;
using System.Text;

namespace RewardServer.Training.Tests.Native;

/// <summary>
/// The least ELF file that needs versions of one other library: a header, the needs, their names, and the table of sections last, as linkers
/// write it.
/// </summary>
internal static class SmallElf
{
    public const int Needs = 64;
    public const int FirstRecord = Needs + 16;
    private const int NeedSection = 0x6ffffffe;
    private const int Section = 64;

    /// <summary>Where the table of sections is.</summary>
    public static int Sections(byte[] image) => (int)BinaryPrimitives.ReadUInt64LittleEndian(image.AsSpan(0x28));

    public static byte[] Of(params string[] versions)
    {
        var strings = Encoding.ASCII.GetBytes("libother.so\0" + string.Concat(versions.Select(version => version + "\0")));
        var names = FirstRecord + 16 * versions.Length;
        var sections = (names + strings.Length + 7) / 8 * 8;
        var image = new byte[sections + 3 * Section];
        "\u007fELF\u0002\u0001\u0001"u8.CopyTo(image);
        Set64(image, 0x28, (ulong)sections);
        Set16(image, 0x3a, Section);
        Set16(image, 0x3c, 3);

        // A record of the library, then one a version, each 16 bytes on.
        Set16(image, Needs, 1);
        Set16(image, Needs + 2, (ushort)versions.Length);
        Set32(image, Needs + 8, 16);
        var name = "libother.so".Length + 1;
        for (var i = 0; i < versions.Length; i++)
        {
            Set32(image, FirstRecord + 16 * i + 8, (uint)name);
            Set32(image, FirstRecord + 16 * i + 12, i + 1 < versions.Length ? 16u : 0);
            name += versions[i].Length + 1;
        }

        strings.CopyTo(image, names);
        // Section 1 holds the needs, of one library, with their names in section 2.
        Set32(image, sections + Section + 4, NeedSection);
        Set64(image, sections + Section + 0x18, Needs);
        Set32(image, sections + Section + 0x28, 2);
        Set32(image, sections + Section + 0x2c, 1);
        Set32(image, sections + 2 * Section + 4, 3);
        Set64(image, sections + 2 * Section + 0x18, (ulong)names);
        return image;
    }

    public static void Set16(byte[] image, int at, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(at), value);

    public static void Set32(byte[] image, int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(at), value);

    public static void Set64(byte[] image, int at, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(image.AsSpan(at), value);
}
