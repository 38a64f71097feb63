using RewardServer.Training.Native;

namespace RewardServer.Training.Tests.Native;

/// <summary>Installed PyTorches by what they say of themselves: the folder of libraries is <c>torch/lib</c>, and <c>torch/version.py</c> is beside it.</summary>
public sealed class TorchVersionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Libraries => folder.File("lib");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("2.10.0")]
    [InlineData("2.10.1+cpu")]
    [InlineData("2.11.0+cu130")]
    [InlineData("2.11.0a0+git1234567")]
    public void Versions_that_were_tried_fit(string version)
    {
        Installed($"__version__ = '{version}'");
        Assert.Equal(version, TorchVersion.Of(Libraries));
        TorchVersion.Check(Libraries);
    }

    [Theory]
    [InlineData("2.9.1+cu126")]
    [InlineData("2.1.0")]
    [InlineData("2.100.0")]
    [InlineData("2.12.0a0")]
    [InlineData("12.10.0")]
    [InlineData("3.11.0")]
    [InlineData("unknown")]
    public void Another_is_refused_before_anything_of_it_is_loaded(string version)
    {
        Installed($"__version__ = '{version}'");
        File.WriteAllText(Path.Combine(Libraries, "libtorch_cpu.so"), "what the loader would say is no library");
        var exception = Assert.Throws<LibTorchMissingException>(() => LibTorch.Libraries(Libraries, cuda: false));
        Assert.StartsWith(
            $"libtorch could not be loaded from {Libraries}: it is that of PyTorch {version}, which does not fit. Name the lib folder of PyTorch 2.10 or 2.11 (", exception.Message, StringComparison.Ordinal);
    }

    // As torch/version.py is written: with more around it, and of some versions with a type.
    [Theory]
    [InlineData("from typing import Optional\n\n__all__ = ['__version__', 'debug', 'cuda']\n__version__ = '2.9.0+cu128'\ndebug = False\ncuda: Optional[str] = '12.8'\n")]
    [InlineData("__version__: str = \"2.9.0+cu128\"\r\ngit_version = '2.11'\r\n")]
    public void It_is_found_among_what_else_the_file_says(string text)
    {
        Installed(text);
        Assert.Equal("2.9.0+cu128", TorchVersion.Of(Libraries));
    }

    [Fact]
    public void Where_nothing_says_which_it_is_it_is_tried()
    {
        Installed(null);
        Assert.Null(TorchVersion.Of(Libraries));
        TorchVersion.Check(Libraries);
        Installed("debug = False\n");
        Assert.Null(TorchVersion.Of(Libraries));
        Assert.Null(TorchVersion.Of(folder.File("none")));
    }

    [Fact]
    public void A_link_to_the_folder_and_one_that_ends_with_a_slash_are_that_folder()
    {
        Installed("__version__ = '2.9.0'");
        using var elsewhere = new TemporaryFolder();
        Directory.CreateSymbolicLink(elsewhere.File("libtorch"), Libraries);
        Assert.Equal("2.9.0", TorchVersion.Of(elsewhere.File("libtorch")));
        Assert.Equal("2.9.0", TorchVersion.Of(Libraries + Path.DirectorySeparatorChar));
    }

    private void Installed(string? text)
    {
        Directory.CreateDirectory(Libraries);
        if (text is not null)
        {
            folder.With("version.py", text);
        }
    }
}
