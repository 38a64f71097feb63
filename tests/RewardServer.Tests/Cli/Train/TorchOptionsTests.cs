using RewardServer.Cli.Train;
using TorchSharp;

namespace RewardServer.Tests.Cli.Train;

/// <summary>What computes, and with which libtorch, as the command line says it.</summary>
[Collection(nameof(TinyRun))]
public sealed class TorchOptionsTests(TinyRun tiny)
{
    private static readonly DeviceNames Cpu = new(DeviceType.CPU, 0);

    private static DeviceNames Cuda(int? index) => new(DeviceType.CUDA, index);

    [Fact]
    public void Devices_have_names()
    {
        Assert.Equal([Cpu], DeviceNames.Read("cpu")!);
        Assert.Equal([Cpu, Cpu, Cpu], DeviceNames.Read("cpu,cpu,cpu")!);
        Assert.Equal([Cuda(0)], DeviceNames.Read("cuda")!);
        Assert.Equal([Cuda(12)], DeviceNames.Read("cuda:12")!);
        Assert.Equal([Cuda(2), Cuda(0)], DeviceNames.Read("cuda:2,cuda")!);
        Assert.Equal([Cuda(null)], DeviceNames.Read("cuda:all")!);
    }

    [Theory]
    [InlineData("")]
    [InlineData("tpu")]
    [InlineData("CPU")]
    [InlineData("cpu:0")]
    [InlineData("cpu,")]
    [InlineData(",cpu")]
    [InlineData("cpu,cuda")]
    [InlineData("cuda:0,cpu")]
    [InlineData("cuda:")]
    [InlineData("cuda:x")]
    [InlineData("cuda:-1")]
    [InlineData("cuda:+1")]
    [InlineData("cuda: 1")]
    [InlineData("cuda:1.0")]
    [InlineData("cuda:0:1")]
    [InlineData("cuda:99999999999")]
    [InlineData("cuda:0,1")]
    public void What_is_no_name_and_names_of_two_kinds_are_none(string text) => Assert.Null(DeviceNames.Read(text));

    [Fact]
    public void All_of_a_kind_are_those_that_the_machine_has()
    {
        static IEnumerable<int> Indices(DeviceNames names, int present) => names.On(present).Select(device => device.index);
        Assert.Equal([0, 1, 2], Indices(Cuda(null), 3));
        Assert.Empty(Indices(Cuda(null), 0));
        Assert.Equal([1], Indices(Cuda(1), 3));
        Assert.All(Cuda(null).On(2), device => Assert.Equal(DeviceType.CUDA, device.type));
    }

    [Theory]
    [InlineData("cpu,cuda")]
    [InlineData("cuda:x")]
    [InlineData("gpu")]
    public async Task What_is_no_device_is_refused_before_anything_is_trained(string device)
    {
        var (code, output, error) = await tiny.TrainAsync("--train", tiny.File("tiny.yaml"), "--run", tiny.File("never"), "--device", device);
        Assert.Equal((2, ""), (code, output));
        Assert.Equal($"rewardserver: --device: must be cpu, cuda, cuda:N or cuda:all, or several of one kind with commas between them, but is '{device}'", error.Trim());
        Assert.False(Directory.Exists(tiny.File("never")));
    }

    [Fact]
    public async Task Who_is_asked_a_line_at_a_time_has_one_device()
    {
        var (code, output, error) = await tiny.AskAsync("1+2=?\n", "chat", tiny.Checkpoint, "--device", "cpu,cpu");
        Assert.Equal((2, "", "rewardserver: --device: must be one device here, but is 'cpu,cpu'"), (code, output, error.Trim()));
    }

    [Fact]
    public async Task A_PyTorch_of_another_version_is_refused_with_what_was_found_and_what_is_wanted()
    {
        var libraries = Directory.CreateDirectory(tiny.File("torch/lib")).FullName;
        await File.WriteAllTextAsync(tiny.File("torch/version.py"), "__version__ = '2.8.0+cu129'\ncuda = '12.9'\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(libraries, "libtorch_cpu.so"), "not to be loaded", TestContext.Current.CancellationToken);
        var (code, output, error) = await tiny.TrainAsync("--train", tiny.File("tiny.yaml"), "--run", tiny.File("never"), "--libtorch", libraries);
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith(
            $"rewardserver: libtorch could not be loaded from {libraries}: it is that of PyTorch 2.8.0+cu129, which does not fit. Name the lib folder of PyTorch 2.10 or 2.11 (", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(tiny.File("never")));
    }
}
