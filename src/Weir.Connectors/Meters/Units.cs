namespace Weir.Connectors.Meters;

/// <summary>Units of instruments, which are written in UCUM by convention, in the words of Weir's widgets.</summary>
internal static class Units
{
    /// <summary><c>By</c> is bytes, <c>{thread}</c> a count; what is not known stays as it is. Null for no unit.</summary>
    public static string? FromUcum(string? unit) => unit switch
    {
        null or "" => null,
        "By" => "bytes",
        "By/s" => "bytes/s",
        "1" => "count",
        "%" or "s" or "ms" or "ns" => unit,
        "us" or "μs" or "µs" => "us",
        _ when unit.StartsWith('{') && unit.EndsWith('}') => "count",
        _ => unit,
    };
}
