using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace RewardServer.Tests.Http.Jobs;

/// <summary>A body that is sent half, and no further.</summary>
internal sealed class BrokenUpload : HttpContent
{
    private readonly byte[] rows;
    private readonly TaskCompletionSource halfWay = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public BrokenUpload(string rows)
    {
        this.rows = Encoding.UTF8.GetBytes(rows);
        Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
    }

    public Task HalfWay => halfWay.Task;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(rows.AsMemory(0, rows.Length / 2), cancellationToken);
        await stream.FlushAsync(cancellationToken);
        halfWay.TrySetResult();
        await Task.Delay(TimeSpan.FromMinutes(2), cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = rows.Length;
        return true;
    }
}
