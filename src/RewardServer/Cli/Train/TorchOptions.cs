using System.CommandLine;
using System.Globalization;
using RewardServer.Hosting;
using RewardServer.Training.Native;
using TorchSharp;

namespace RewardServer.Cli.Train;

/// <summary>What computes, and with which libtorch: options of every verb that runs a policy.</summary>
internal static class TorchOptions
{
    private static readonly Option<string> Device = new("--device")
    {
        Description = "What a policy is computed on: cpu, cuda, or cuda:N.",
        HelpName = "DEVICE",
        DefaultValueFactory = _ => "cpu",
    };

    private static readonly Option<string?> Library = new("--libtorch")
    {
        Description = "The lib folder of an installed PyTorch (2.10 or 2.11) to compute with, in place of the libtorch of the build.",
        HelpName = "FOLDER",
    };

    private static readonly Option<int?> Threads = new("--threads") { Description = "Threads that compute on the CPU (default: one a core).", HelpName = "N" };

    private static readonly Option<string?> Precision = new("--precision")
    {
        Description = "What a policy computes in: fp32 (default on the CPU) or bf16 with fp32 masters (default on a GPU).",
        HelpName = "TYPE",
    };

    /// <summary>All of them.</summary>
    public static Option[] All => [Device, Library, Threads, Precision];

    /// <summary>Loads libtorch and finds the device.</summary>
    /// <exception cref="StartException">There is no libtorch, or no such device.</exception>
    public static (torch.Device Device, torch.ScalarType ComputeType) Load(ParseResult parsed)
    {
        var name = parsed.GetValue(Device)!;
        var parts = name.Split(':');
        var index = 0;
        if (parts[0] is not ("cpu" or "cuda") || parts.Length > 2 || parts.Length == 2 && (parts[0] == "cpu" || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out index)))
        {
            throw new StartException([$"--device: must be cpu, cuda or cuda:N, but is '{name}'"]);
        }

        var precision = parsed.GetValue(Precision) ?? (parts[0] == "cpu" ? "fp32" : "bf16");
        if (precision is not ("fp32" or "bf16"))
        {
            throw new StartException([$"--precision: must be fp32 or bf16, but is '{precision}'"]);
        }

        try
        {
            LibTorch.Load(parsed.GetValue(Library), cuda: parts[0] == "cuda");
        }
        catch (LibTorchMissingException exception)
        {
            throw new StartException([exception.Message]);
        }

        if (parsed.GetValue(Threads) is { } threads)
        {
            torch.set_num_threads(threads > 0 ? threads : throw new StartException([$"--threads: must be at least 1, but is {threads}"]));
        }

        if (parts[0] == "cuda" && index >= torch.cuda.device_count())
        {
            throw new StartException([$"--device: there is no cuda:{index}; this machine has {torch.cuda.device_count()}"]);
        }

        return (parts[0] == "cpu" ? torch.CPU : new torch.Device(DeviceType.CUDA, index),
            precision == "fp32" ? torch.ScalarType.Float32 : torch.ScalarType.BFloat16);
    }
}
