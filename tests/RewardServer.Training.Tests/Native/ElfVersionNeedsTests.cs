using FsCheck;
using FsCheck.Fluent;
using RewardServer.Training.Native;

namespace RewardServer.Training.Tests.Native;

public sealed class ElfVersionNeedsTests
{
    private const string Newer = "GLIBCXX_3.4.32";

    /// <summary>TorchSharp's own library.</summary>
    internal static string Binding { get; } = Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "libLibTorchSharp.so");

    [Fact]
    public void What_TorchSharps_library_needs_is_read()
    {
        var needs = new ElfVersionNeeds(File.ReadAllBytes(Binding)).Strong.ToArray();
        Assert.Contains(Newer, needs);
        Assert.Contains("GLIBC_2.2.5", needs);
        Assert.Contains("CXXABI_1.3", needs);
        Assert.All(needs, version => Assert.Matches("^[A-Z]+_[0-9.]+$", version));
    }

    [Fact]
    public void Weakening_a_version_sets_one_flag_and_nothing_else()
    {
        var (before, image) = (File.ReadAllBytes(Binding), File.ReadAllBytes(Binding));
        var needs = new ElfVersionNeeds(image);
        Assert.True(needs.Weaken(Newer));

        var changed = Assert.Single(Enumerable.Range(0, image.Length), i => image[i] != before[i]);
        Assert.Equal(2, image[changed] ^ before[changed]);
        string[] still = [.. new ElfVersionNeeds(before).Strong.Where(version => version != Newer)];
        Assert.Equal(still, needs.Strong);
        Assert.Equal(still, new ElfVersionNeeds(image).Strong);
        Assert.False(needs.Weaken(Newer));
    }

    [Fact]
    public void Weakening_what_is_not_needed_changes_nothing()
    {
        var image = SmallElf.Of("A_1", "B_2");
        var before = image.ToArray();
        Assert.False(new ElfVersionNeeds(image).Weaken("C_3"));
        Assert.Equal(before, image);
    }

    [Fact]
    public void A_small_file_is_read()
    {
        Assert.Equal(["A_1", "B_2", "A_1"], new ElfVersionNeeds(SmallElf.Of("A_1", "B_2", "A_1")).Strong);
        Assert.Empty(new ElfVersionNeeds(SmallElf.Of()).Strong);
    }

    [Fact]
    public void A_file_that_ends_early_is_none()
    {
        var small = SmallElf.Of("A_1", "B_2");
        for (var length = 0; length < small.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => new ElfVersionNeeds(small[..length]));
        }

        // Of the whole library each of the first and last places, and some between.
        var whole = File.ReadAllBytes(Binding);
        for (var length = 0; length < whole.Length; length += length < 65_536 || length > whole.Length - 16_384 ? 64 : 32_768)
        {
            Assert.Throws<InvalidDataException>(() => new ElfVersionNeeds(whole[..length]));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("#!/bin/sh\necho a script that is longer than sixty-four characters, so that length is not it\n")]
    [InlineData("\u007fELF\u0001\u0001 of 32 bits, and longer than sixty-four characters, so that length is not it")]
    [InlineData("\u007fELF\u0002\u0002 big-endian, and longer than sixty-four characters, so that length is not it")]
    public void What_is_no_library_of_this_kind_is_told(string content) =>
        Assert.Throws<InvalidDataException>(() => new ElfVersionNeeds(System.Text.Encoding.Latin1.GetBytes(content)));

    public static TheoryData<string> Forgeries => [.. Forged.Keys];

    private static readonly Dictionary<string, Action<byte[]>> Forged = new()
    {
        ["the table of sections beyond the end"] = image => SmallElf.Set64(image, 0x28, (ulong)image.Length),
        ["the table of sections far beyond"] = image => SmallElf.Set64(image, 0x28, ulong.MaxValue),
        ["the table of sections where 32 bits would not tell"] = image => SmallElf.Set64(image, 0x28, (1UL << 32) + (ulong)SmallElf.Sections(image)),
        ["more sections than there are"] = image => SmallElf.Set16(image, 0x3c, ushort.MaxValue),
        ["needs beyond the end"] = image => SmallElf.Set64(image, SmallElf.Sections(image) + 64 + 0x18, (ulong)image.Length),
        ["needs far beyond"] = image => SmallElf.Set64(image, SmallElf.Sections(image) + 64 + 0x18, 1UL << 63),
        ["names in a section that is not there"] = image => SmallElf.Set32(image, SmallElf.Sections(image) + 64 + 0x28, uint.MaxValue),
        ["names beyond the end"] = image => SmallElf.Set64(image, SmallElf.Sections(image) + 128 + 0x18, (ulong)image.Length + 1),
        ["a name beyond the end"] = image => SmallElf.Set32(image, SmallElf.FirstRecord + 8, uint.MaxValue),
        ["a name that does not end"] = image =>
        {
            SmallElf.Set32(image, SmallElf.FirstRecord + 8, 0);
            SmallElf.Set64(image, SmallElf.Sections(image) + 128 + 0x18, (ulong)image.Length - 4);
            image.AsSpan(image.Length - 4).Fill((byte)'A');
        },
        ["records before the beginning of the next"] = image => SmallElf.Set32(image, SmallElf.Needs + 8, uint.MaxValue),
        ["a record that is its own next, for ever"] = image => SmallElf.Set32(image, SmallElf.Sections(image) + 64 + 0x2c, uint.MaxValue),
        ["versions that are their own next, for ever"] = image =>
        {
            SmallElf.Set32(image, SmallElf.FirstRecord + 12, 0);
            SmallElf.Set16(image, SmallElf.Needs + 2, ushort.MaxValue);
            SmallElf.Set32(image, SmallElf.Sections(image) + 64 + 0x2c, uint.MaxValue);
        },
        ["a next beyond the end"] = image => SmallElf.Set32(image, SmallElf.FirstRecord + 12, uint.MaxValue),
    };

    [Theory]
    [MemberData(nameof(Forgeries))]
    public void A_forged_file_is_told_soon(string what)
    {
        var image = SmallElf.Of("A_1", "B_2");
        Forged[what](image);
        Assert.Throws<InvalidDataException>(() => new ElfVersionNeeds(image));
    }

    [Fact]
    public void Whatever_bytes_are_changed_a_file_is_read_or_told()
    {
        var changes = Gen.Choose(0, SmallElf.Of("A_1", "B_2").Length - 1).Zip(Gen.Choose(0, 255)).ListOf(6);
        Prop.ForAll(changes.ToArbitrary(), all =>
        {
            var image = SmallElf.Of("A_1", "B_2");
            foreach (var (at, value) in all)
            {
                image[at] = (byte)value;
            }

            try
            {
                new ElfVersionNeeds(image).Weaken("A_1");
            }
            catch (InvalidDataException)
            {
                // Told.
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }
}
