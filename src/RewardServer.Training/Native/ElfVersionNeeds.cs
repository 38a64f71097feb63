using System.Buffers.Binary;
using System.Text;

namespace RewardServer.Training.Native;

/// <summary>
/// The symbol versions that a 64-bit little-endian ELF library needs of others (section <c>.gnu.version_r</c>; Linux Standard Base, Core,
/// 10.7.5), and marking one of them weak: the loader then only warns of a library that lacks it, where it would refuse.
/// </summary>
internal sealed class ElfVersionNeeds
{
    private const uint VersionNeedSection = 0x6ffffffe;
    private const ushort Weak = 2;
    private const int FileHeaderSize = 64;
    private const int SectionHeaderSize = 64;

    // More than any library has, so that a forged count ends soon.
    private const int MostRecords = 4096;
    private const int LongestVersion = 256;

    private readonly byte[] image;
    private readonly List<(string Version, long Flags)> needs = [];
    private int records;

    /// <summary>Reads what a library needs.</summary>
    /// <param name="image">The library's bytes; <see cref="Weaken"/> changes them.</param>
    /// <exception cref="InvalidDataException">It is no such library, or what it says of itself cannot be.</exception>
    public ElfVersionNeeds(byte[] image)
    {
        this.image = image;
        if (image.Length < FileHeaderSize || !image.AsSpan(0, 6).SequenceEqual("\u007fELF\u0002\u0001"u8))
        {
            throw new InvalidDataException("not a 64-bit little-endian ELF file");
        }

        Read();
    }

    /// <summary>The versions that must be there, such as <c>GLIBCXX_3.4.32</c>.</summary>
    public IEnumerable<string> Strong => needs.Where(need => (U16(need.Flags) & Weak) == 0).Select(need => need.Version);

    /// <summary>Marks the need of a version weak.</summary>
    /// <returns>Whether it was there and strong.</returns>
    public bool Weaken(string version)
    {
        var found = false;
        foreach (var (name, flags) in needs.Where(need => need.Version == version && (U16(need.Flags) & Weak) == 0))
        {
            BinaryPrimitives.WriteUInt16LittleEndian(Bytes(flags, 2), (ushort)(U16(flags) | Weak));
            found = true;
        }

        return found;
    }

    private void Read()
    {
        var sections = Offset(0x28);
        var count = U16(0x3c);
        // The table stands last as a rule: a file that ends early lacks the end of it.
        _ = Bytes(sections, (long)count * SectionHeaderSize);
        for (var i = 0; i < count; i++)
        {
            var header = sections + i * SectionHeaderSize;
            if (U32(header + 4) == VersionNeedSection)
            {
                var strings = sections + (long)U32(header + 0x28) * SectionHeaderSize;
                ReadNeeds(Offset(header + 0x18), U32(header + 0x2c), Offset(strings + 0x18));
            }
        }
    }

    // Elf64_Verneed: version, count, file, aux, next; Elf64_Vernaux: hash, flags, other, name, next. Offsets count from the record itself.
    private void ReadNeeds(long need, uint files, long strings)
    {
        for (var file = 0u; file < files; file++, need += U32(need + 12))
        {
            Count();
            var aux = need + U32(need + 8);
            for (var i = 0; i < U16(need + 2); i++, aux += U32(aux + 12))
            {
                Count();
                needs.Add((Text(strings + U32(aux + 8)), aux + 4));
            }
        }
    }

    private void Count()
    {
        if (++records > MostRecords)
        {
            throw new InvalidDataException($"an ELF file that needs more than {MostRecords} versions");
        }
    }

    private string Text(long at)
    {
        var rest = Bytes(at, 0, LongestVersion);
        var end = rest.IndexOf((byte)0);
        return end >= 0 ? Encoding.ASCII.GetString(rest[..end]) : throw new InvalidDataException("an ELF file with a version that does not end");
    }

    private long Offset(long at) => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(at, 8)) is var offset && offset <= (ulong)image.Length
        ? (long)offset
        : throw Early();

    private ushort U16(long at) => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(at, 2));

    private uint U32(long at) => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(at, 4));

    private Span<byte> Bytes(long at, long least, int? most = null) => at >= 0 && at + least <= image.Length
        ? image.AsSpan((int)at, (int)Math.Min(most ?? least, image.Length - at))
        : throw Early();

    private static InvalidDataException Early() => new("an ELF file that ends early");
}
