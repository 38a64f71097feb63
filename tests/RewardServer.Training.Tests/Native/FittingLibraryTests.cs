using System.Runtime.InteropServices;
using RewardServer.Training.Native;

namespace RewardServer.Training.Tests.Native;

public sealed class FittingLibraryTests : IDisposable
{
    private const string Newer = "GLIBCXX_3.4.32";

    private readonly TemporaryFolder folder = new();

    private string Cache => folder.File("cache");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Where_the_machine_has_the_version_nothing_is_copied()
    {
        Assert.Equal(ElfVersionNeedsTests.Binding, LibTorch.Fitting(ElfVersionNeedsTests.Binding, _ => true, Cache));
        Assert.False(Directory.Exists(Cache));
    }

    [Fact]
    public void A_library_that_does_not_need_the_version_is_not_copied()
    {
        var library = folder.File("libold.so");
        File.WriteAllBytes(library, SmallElf.Of("GLIBCXX_3.4.30", "GLIBC_2.2.5"));
        Assert.Equal(library, LibTorch.Fitting(library, _ => false, Cache));
        Assert.False(Directory.Exists(Cache));
    }

    [Fact]
    public void Where_the_machine_lacks_the_version_a_copy_is_loaded_that_does_not_insist_on_it()
    {
        var before = File.ReadAllBytes(ElfVersionNeedsTests.Binding);
        var copy = LibTorch.Fitting(ElfVersionNeedsTests.Binding, version => version != Newer, Cache);
        Assert.StartsWith(Cache, copy, StringComparison.Ordinal);
        Assert.DoesNotContain(Newer, new ElfVersionNeeds(File.ReadAllBytes(copy)).Strong);
        Assert.Equal(before, File.ReadAllBytes(ElfVersionNeedsTests.Binding));
        Assert.NotEqual(0, NativeLibrary.Load(copy));
    }

    [Fact]
    public void The_copy_is_made_once()
    {
        var copy = LibTorch.Fitting(ElfVersionNeedsTests.Binding, _ => false, Cache);
        var made = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(copy, made);
        Assert.Equal(copy, LibTorch.Fitting(ElfVersionNeedsTests.Binding, _ => false, Cache));
        Assert.Equal(made, File.GetLastWriteTimeUtc(copy));
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("half")]
    [InlineData("one bit")]
    public void A_damaged_copy_is_made_anew(string damage)
    {
        var copy = LibTorch.Fitting(ElfVersionNeedsTests.Binding, _ => false, Cache);
        var right = File.ReadAllBytes(copy);
        var damaged = damage switch { "empty" => [], "half" => right[..(right.Length / 2)], _ => right.ToArray() };
        if (damage == "one bit")
        {
            damaged[^1] ^= 1;
        }

        File.WriteAllBytes(copy, damaged);
        Assert.Equal(copy, LibTorch.Fitting(ElfVersionNeedsTests.Binding, _ => false, Cache));
        Assert.Equal(right, File.ReadAllBytes(copy));
        Assert.Equal(copy, Assert.Single(Directory.EnumerateFiles(Cache, "*", SearchOption.AllDirectories)));
    }

    [Fact]
    public async Task Several_that_make_the_copy_at_once_leave_one()
    {
        var copies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => LibTorch.Fitting(ElfVersionNeedsTests.Binding, _ => false, Cache))));
        Assert.Equal(Assert.Single(copies.Distinct()), Assert.Single(Directory.EnumerateFiles(Cache, "*", SearchOption.AllDirectories)));
    }

    [Fact]
    public void A_cache_that_cannot_be_written_is_told()
    {
        folder.With("cache", "a file");
        Assert.ThrowsAny<IOException>(() => LibTorch.Fitting(ElfVersionNeedsTests.Binding, _ => false, Cache));
    }

    [Fact]
    public void What_this_machine_has_is_found_out()
    {
        Assert.True(LibTorch.HostHas("GLIBCXX_3.4"));
        Assert.False(LibTorch.HostHas("GLIBCXX_3.4.999"));
        Assert.False(LibTorch.HostHas("GLIBCXX_3"));
    }

    [Fact]
    public void A_folder_without_libtorch_says_how_to_get_it()
    {
        var exception = Assert.Throws<LibTorchMissingException>(() => LibTorch.Libraries(folder.Path, cuda: false));
        Assert.StartsWith($"libtorch could not be loaded from {folder.Path}: there is no libtorch_cpu.so. ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("torch.__path__[0] + '/lib'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_build_without_libtorch_says_how_to_get_it()
    {
        var exception = new LibTorchMissingException("/app", named: false, new FileNotFoundException("there is no libtorch_cpu.so"));
        Assert.Contains("-p:Torch=none", exception.Message, StringComparison.Ordinal);
        Assert.Contains("--libtorch", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_that_is_none_says_so()
    {
        folder.With("libtorch_cpu.so", "no library");
        var exception = Assert.Throws<LibTorchMissingException>(() => LibTorch.Libraries(folder.Path, cuda: false));
        Assert.Contains(folder.Path, exception.Message, StringComparison.Ordinal);
    }
}
