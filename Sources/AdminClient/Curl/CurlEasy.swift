import CCurl

/// A libcurl call that failed for a reason of the library's own.
struct CurlFailure: Error, Equatable {
    let code: Int

    init(_ code: CURLcode) {
        self.code = Int(code.rawValue)
    }
}

/// One transfer handle of libcurl and the header list it refers to, freed together.
final class CurlEasy {
    let handle: UnsafeMutableRawPointer
    private var headers: UnsafeMutablePointer<curl_slist>?

    init() throws {
        guard let handle = curl_easy_init() else { throw CurlFailure(CURLE_OUT_OF_MEMORY) }
        self.handle = handle
    }

    deinit {
        curl_easy_cleanup(handle)
        curl_slist_free_all(headers)
    }

    func set(_ option: CURLoption, _ value: Int) throws {
        try check(gad_curl_set_long(handle, option, value))
    }

    func set(_ option: CURLoption, _ value: String) throws {
        try check(gad_curl_set_string(handle, option, value))
    }

    func set(_ option: CURLoption, _ value: UnsafeMutableRawPointer) throws {
        try check(gad_curl_set_pointer(handle, option, value))
    }

    /// Takes libcurl's default away.
    func clear(_ option: CURLoption) throws {
        try check(gad_curl_set_string(handle, option, nil))
    }

    /// Called with OpenSSL's context of each connection before its handshake.
    func set(sslContext: curl_ssl_ctx_callback) throws {
        try check(gad_curl_set_ssl_context(handle, sslContext))
    }

    func set(headers lines: [String]) throws {
        for line in lines {
            guard let longer = curl_slist_append(headers, line) else { throw CurlFailure(CURLE_OUT_OF_MEMORY) }
            headers = longer
        }
        try check(gad_curl_set_list(handle, CURLOPT_HTTPHEADER, headers))
    }

    func set(write: curl_write_callback) throws {
        try check(gad_curl_set_write(handle, write))
    }

    /// libcurl copies `bytes`.
    func set(body bytes: [UInt8]) throws {
        try set(CURLOPT_POSTFIELDSIZE, bytes.count)
        // An empty array may have no address, and libcurl takes a null body for "ask the read callback".
        var terminated = bytes + [0]
        try check(
            terminated.withUnsafeMutableBytes { gad_curl_set_pointer(handle, CURLOPT_COPYPOSTFIELDS, $0.baseAddress) })
    }

    func long(_ info: CURLINFO) -> Int {
        var value = 0
        _ = gad_curl_get_long(handle, info, &value)
        return value
    }

    private func check(_ code: CURLcode) throws {
        guard code == CURLE_OK else { throw CurlFailure(code) }
    }
}
