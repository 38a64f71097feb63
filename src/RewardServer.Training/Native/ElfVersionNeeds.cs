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
    private const int SectionHeaderSize = 64;
    private readonly byte[] image;
    private readonly List<(string Version, int Flags)> needs = [];

    /// <summary>Reads what a library needs.</summary>
    /// <param name="image">The library's bytes; <see cref="Weaken"/> changes them.</param>
    /// <exception cref="InvalidDataException">It is no such library.</exception>
    public ElfVersionNeeds(byte[] image)
    {
        this.image = image;
        if (image.Length < SectionHeaderSize || !image.AsSpan(0, 6).SequenceEqual("\u007fELF\u0002\u0001"u8))
        {
            throw new InvalidDataException("not a 64-bit little-endian ELF file");
        }

        try
        {
            Read();
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new InvalidDataException("an ELF file that ends early");
        }
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
            BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(flags), (ushort)(U16(flags) | Weak));
            found = true;
        }

        return found;
    }

    private void Read()
    {
        var sections = checked((int)U64(0x28));
        var count = U16(0x3c);
        for (var i = 0; i < count; i++)
        {
            var header = sections + i * SectionHeaderSize;
            if (U32(header + 4) == VersionNeedSection)
            {
                var strings = sections + (int)U32(header + 0x28) * SectionHeaderSize;
                ReadNeeds((int)U64(header + 0x18), (int)U32(header + 0x2c), (int)U64(strings + 0x18));
            }
        }
    }

    // Elf64_Verneed: version, count, file, aux, next; Elf64_Vernaux: hash, flags, other, name, next. Offsets count from the record itself.
    private void ReadNeeds(int need, int files, int strings)
    {
        for (var file = 0; file < files; file++, need += (int)U32(need + 12))
        {
            var aux = need + (int)U32(need + 8);
            for (var i = 0; i < U16(need + 2); i++, aux += (int)U32(aux + 12))
            {
                needs.Add((Text(strings + (int)U32(aux + 8)), aux + 4));
            }
        }
    }

    private string Text(int at)
    {
        var rest = image.AsSpan(at);
        var end = rest.IndexOf((byte)0);
        return Encoding.ASCII.GetString(end < 0 ? rest : rest[..end]);
    }

    private ushort U16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(at));

    private uint U32(int at) => BinaryPrimitives.ReadUInt32LittleEndian(image.AsSpan(at));

    private ulong U64(int at) => BinaryPrimitives.ReadUInt64LittleEndian(image.AsSpan(at));
}
