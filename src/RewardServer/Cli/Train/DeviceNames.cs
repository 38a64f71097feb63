using System.Globalization;
using TorchSharp;

namespace RewardServer.Cli.Train;

/// <summary>A device, or all of a kind, as the command line names it.</summary>
/// <param name="Kind">Of which kind.</param>
/// <param name="Index">Which of its kind; null for all.</param>
internal readonly record struct DeviceNames(DeviceType Kind, int? Index)
{
    /// <summary>Reads names with commas between them: null where one is none, or they are of two kinds.</summary>
    public static DeviceNames[]? Read(string text)
    {
        var read = text.Split(',').Select(One).ToArray();
        return Array.TrueForAll(read, one => one is not null && one.Value.Kind == read[0]!.Value.Kind) ? [.. read.Select(one => one!.Value)] : null;
    }

    /// <summary>The devices that it means on a machine with so many GPUs.</summary>
    public IEnumerable<torch.Device> On(int present)
    {
        if (Kind == DeviceType.CPU)
        {
            return [torch.CPU];
        }

        var indices = Index is { } index ? [index] : Enumerable.Range(0, present);
        return indices.Select(one => new torch.Device(DeviceType.CUDA, one));
    }

    private static DeviceNames? One(string name) => name.Split(':') switch
    {
        ["cpu"] => new(DeviceType.CPU, 0),
        ["cuda"] => new(DeviceType.CUDA, 0),
        ["cuda", "all"] => new(DeviceType.CUDA, null),
        ["cuda", var index] when int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => new(DeviceType.CUDA, number),
        _ => null,
    };
}
