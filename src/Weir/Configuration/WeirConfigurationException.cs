namespace Weir;

/// <summary>A configured value is wrong. The message has the key, the value, what is allowed and where it was given.</summary>
public sealed class WeirConfigurationException : Exception
{
    public WeirConfigurationException(string message)
        : base(message)
    {
    }

    public WeirConfigurationException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public WeirConfigurationException()
    {
    }
}
