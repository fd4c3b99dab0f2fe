/// The OpenAPI 3.1 document of the admin API, as served at `/v1/openapi.json`.
package enum OpenAPI {
    package static var document: [UInt8] { PackageResources.openapi_json }
}
